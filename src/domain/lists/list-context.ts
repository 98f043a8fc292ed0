/** What is known of a list as a whole, for reading its rows. */
export interface ListContext {
  /** Names of the columns. */
  header: readonly string[];
  /** ISO 3166-1 alpha-2 of phone numbers written without prefix. */
  country?: string;
  /** Where the list comes from; a source column names it better. */
  source?: { channel?: string; name?: string; by?: string; at?: string };
  /** Reads a date of the list. */
  dates: (text: string) => string | undefined;
  /** The member of the team whom a cell names. */
  memberOf?: (text: string) => string | undefined;
  /** Who and what offices there are; where none are listed, any name will do. */
  listed?: { members: ReadonlySet<string>; offices: ReadonlySet<string> };
  /** The lifecycle of everybody in the list. */
  lifecycle?: string;
  /** Columns that tell of consent, where some row of the list says something there. */
  consentColumns?: ReadonlySet<number>;
  /** Systems whose identifiers alone say who somebody is. */
  trusted?: ReadonlySet<string>;
}
