/** What the rows of a list are. */
export type ListObject = 'contact' | 'company' | 'deal' | 'interaction' | 'suppression';

/**
 * The header that a known program writes. Names of columns are parted by `|`; `{n}` in one stands for a number. Fields
 * are those of `fields.ts`, such as `phone.work`; `custom` keeps a column under its own name, `-` leaves it out, because
 * it tells of the row in that program and not of the person.
 */
export interface ListFormat {
  id: string;
  object: ListObject;
  /** What its identifiers are kept under. */
  system?: string;
  /** Columns without which it is not this format. */
  signature: string;
  /** Field → the columns that hold it, in the order in which they count. */
  columns: Readonly<Record<string, string>>;
  /** Columns that repeat, with the column that says which one each is: `E-mail {n} - Value < E-mail {n} - Label`. */
  repeats?: Readonly<Record<string, string>>;
  /** Another spelling → the name above. */
  also?: Readonly<Record<string, string>>;
  /** What 03/04/2026 begins with where its dates have no year first. */
  dates?: 'day-first' | 'month-first';
  /** IANA name, of times without an offset; the workspace's where absent. */
  timeZone?: string;
  /** The lifecycle of everybody in such a list. */
  lifecycle?: string;
  /** Why the addresses of such a list are not to be written to. */
  reason?: 'unsubscribed' | 'hard_bounce';
}
