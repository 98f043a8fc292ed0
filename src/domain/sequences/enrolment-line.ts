/** A person is taken into a sequence. */
export interface EnrolledLine {
  id: string;
  event: 'enrolled';
  /** ISO 8601. */
  at: string;
  /** Reference of the contact. */
  contact: string;
  by: string;
  why: string;
  /** Set where a person takes somebody up again for whom it had stopped; he goes on where it stopped. */
  again?: true;
}

/** A sequence ends for a person before its last step. */
export interface StoppedLine {
  id: string;
  event: 'stopped';
  /** When that happened which ended it, ISO 8601. */
  at: string;
  contact: string;
  by: string;
  /** A stop condition, or `same_person`, `manual`, `rejected`, `gone`. */
  reason: string;
  why: string;
  /** Reference of the record that says so. */
  evidence?: string;
}

/** A step will not be done for a person, who has what it says already. */
export interface SkippedLine {
  id: string;
  event: 'skipped';
  at: string;
  contact: string;
  step: string;
  by: string;
  why: string;
}

/** What the ledger of a sequence holds; each line's id derives from its content. */
export type EnrolmentLine = EnrolledLine | StoppedLine | SkippedLine;

/** A line that is yet to get its id. */
export type EnrolmentDraft = Omit<EnrolledLine, 'id'> | Omit<StoppedLine, 'id'> | Omit<SkippedLine, 'id'>;
