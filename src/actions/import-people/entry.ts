import type { Consent } from '../../domain/consent/consent.js';
import type { LeftValue } from '../../domain/lists/fill-record.js';
import type { OptOut } from '../../domain/lists/opt-out.js';
import type { ListConsentReport } from './list-consents.js';

/** A line of a source that is not taken, and why. */
export interface Refused {
  line: number;
  refused: string;
}

/** A person as some source tells of him. */
export interface Person {
  /** Front matter of the contact; `company` is resolved by its name below. */
  contact: object & { name: string };
  /** The firm's name as written. */
  company?: string;
  /** What the firm is called in the system that the source is: `system:value`. */
  companyId?: string;
  note?: string;
  /** What derives the record's id: equal for the same entry read again, and in another clone. */
  key: string;
  /** The record on file, where the source names it. */
  id?: string;
  /** What the person is called in other systems, where that alone says who he is: `system:value`. */
  ids?: readonly string[];
  /** The source says that nobody is to write to this person. */
  optOut?: OptOut;
  /** Why the source does not bear out that this person agreed to anything. */
  noConsent?: string;
  /** What was not understood, one sentence each. */
  problems?: readonly string[];
}

/** A person as some source tells of him, or why he is not taken. */
export type PersonEntry = Refused | (Person & { line: number });

/** Whose word counts where the source and the record on file differ. */
export type Prefer = (value: LeftValue & { ref: string }) => 'file' | 'record';

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
  /** The record's where absent. */
  prefer?: Prefer;
  /** What everybody is said to have agreed to. */
  consent?: Consent;
  progress?: (done: number, total: number) => void;
}

/** In the keys of `--json`. rows = created + updated + unchanged + refused. */
export interface BringInReport {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** Firms put on file beside, because somebody works there. */
  companies: number;
  /** People put on file beside, because something was done with them. */
  contacts: number;
  /** Addresses that the source says not to write to, and that were not suppressed before. */
  suppressed: number;
  /** What became of the consents; absent where none was to be given. */
  consents?: ListConsentReport;
  errors: { line: number; message: string }[];
  /** What the source says and the record does not take, because it says something else. */
  left: ({ line: number; ref: string } & LeftValue)[];
  /** What happens to each entry that is not refused; in a dry run only, as the record itself tells afterwards. */
  records?: {
    line: number;
    action: 'created' | 'updated' | 'unchanged';
    ref: string;
    name: string;
    /** The new values of a record on file, and what stood there. */
    set?: Record<string, unknown>;
    before?: Record<string, unknown>;
  }[];
}
