import type { suppressionReasons } from '../suppression/reasons.js';
import type { Columns } from './columns.js';
import type { Row } from './row.js';

const yes = new Set(['1', 'true', 't', 'yes', 'y', 'x', 'si', 'sì', 'ja', 'wahr', 'vero', 'oui', 'on']);
const no = new Set(['', '0', 'false', 'f', 'no', 'n', 'nein', 'falsch', 'falso', 'non', 'off', '-']);
const goneStates =
  /^(?:un-?subscribed|unsub|opt(?:ed)?[ -]?out|cleaned|bounced|hard[ _]?bounced?|complained|complaint|blacklisted|blocklisted|unreachable|disiscritto|disiscritta|cancellato|cancellata|abgemeldet|inactive|disabled|cancell?ed)$/i;
const bouncedStates = /^(?:cleaned|(?:hard[ _]?)?bounced?|unreachable)$/i;
const complainedStates = /^compl/i;

/**
 * Whether a row says that the person must not be written to any more: a flag or a date in a column such as
 * "Unsubscribed" or UNSUB_TIME, or a status such as `unsubscribed` or `bounced`.
 */
export function saysOptedOut(cells: readonly string[], columns: Columns): boolean {
  return optOutColumn(cells, columns) !== undefined;
}

/** The column in which a row says so, from 0. A text that is no clear "no" counts: when in doubt nobody is written to. */
export function optOutColumn(cells: readonly string[], columns: Columns): number | undefined {
  for (const column of columns.opted_out ?? []) {
    if (saysYes(cells[column] ?? '')) return column;
  }
  return columns.status?.find((column) => goneStates.test((cells[column] ?? '').trim()));
}

/** A text that is no clear "no" is a yes. */
export function saysYes(text: string): boolean {
  const said = text.trim().toLowerCase();
  return yes.has(said) || !no.has(said);
}

/** That, and why, somebody must not be written to any more. */
export interface OptOut {
  reason: (typeof suppressionReasons)[number];
  /** When, as a date or a time with offset. */
  at?: string;
}

/**
 * What a row says of writing to the person: an opt-out with its date where the cell is one, a status, or a bounce.
 * @param dates reads a date of the list
 */
export function optOutOf(row: Row, dates: (text: string) => string | undefined): OptOut | undefined {
  const dated = (reason: OptOut['reason'], text: string | undefined): OptOut => {
    const at = text === undefined ? undefined : dates(text);
    return { reason, ...(at === undefined ? {} : { at }) };
  };
  for (const { text } of row.all('opted_out')) if (saysYes(text)) return dated('unsubscribed', text);
  for (const { text } of row.all('status')) {
    if (!goneStates.test(text)) continue;
    const bounced = bouncedStates.test(text) ? 'hard_bounce' : 'unsubscribed';
    return { reason: complainedStates.test(text) ? 'spam_complaint' : bounced };
  }
  if (row.one('bounced') === undefined) return undefined;
  return dated('hard_bounce', row.one('bounced_at'));
}
