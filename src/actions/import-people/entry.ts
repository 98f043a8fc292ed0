import type { LeftValue } from '../../domain/lists/fill-contact.js';
import type { suppressionReasons } from '../../domain/suppression/reasons.js';

/** A person as some source tells of him, or why he is not taken. */
export type PersonEntry = { line: number } & (
  | { refused: string }
  | {
      /** Front matter of the contact; `company` is resolved by its name below. */
      contact: Record<string, unknown> & { name: string };
      /** The firm's name as written. */
      company?: string;
      note?: string;
      /** What derives the record's id: equal for the same entry read again, and in another clone. */
      key: string;
      /** The record on file, where the source names it. */
      id?: string;
      /** The source says that nobody is to write to this person. */
      optOut?: OptOut;
      /** What was not understood, one sentence each. */
      problems?: readonly string[];
    }
);

export interface OptOut {
  reason: (typeof suppressionReasons)[number];
  /** When, as a date or a time with offset. */
  at?: string;
}

export interface BringInOptions {
  /** The name of the source, as suppressions keep it. */
  source: string;
  /** How many entries there are. */
  expected: number;
  /** Given to everybody. */
  tags?: readonly string[];
  /** Of new contacts. */
  office?: string;
  owner?: string;
  progress?: (done: number, total: number) => void;
}

/** In the keys of `--json`. rows = created + updated + unchanged + refused. */
export interface PeopleReport {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** Firms put on file. */
  companies: number;
  /** People whom the source says not to write to. */
  suppressed: number;
  errors: { line: number; message: string }[];
  /** What the source says and the record does not take, because it says something else. */
  left: ({ line: number; ref: string } & LeftValue)[];
  /** What happens to each entry that is not refused; in a dry run only, as the record itself tells afterwards. */
  records?: {
    line: number;
    action: 'created' | 'updated' | 'unchanged';
    ref: string;
    name: string;
    set?: Record<string, unknown>;
  }[];
}
