/** An event log as its file has it, before anybody made sense of it. */
export interface RawLog {
  format: 'csv' | 'xes';
  /** Names of the columns; in XES the keys of the attributes, those of a trace after `case:`. */
  names: string[];
  rows: RawRow[];
  refused: Refusal[];
  /** What is not among the rows. */
  left: Left[];
}

export interface RawRow {
  line: number;
  /** By the places of `names`; absent and empty cells say nothing. */
  cells: (string | undefined)[];
}

/** Why an event is not taken. */
export interface Refusal {
  /** 1-based. */
  line: number;
  message: string;
}

/** What an import leaves out, and why. */
export interface Left {
  column: string;
  why: string;
}

/** One event of a case. */
export interface LogEvent {
  line: number;
  /** Epoch milliseconds. */
  ms: number;
  /** ISO 8601 with offset. */
  at: string;
  activity: string;
  by: string | undefined;
  cells: RawRow['cells'];
}
