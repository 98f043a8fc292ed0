import type { suppressionReasons } from '../suppression/reasons.js';
import type { Columns } from './columns.js';
import type { Row } from './row.js';

const yes = new Set(['1', 'true', 't', 'yes', 'y', 'x', 'si', 'sì', 'ja', 'wahr', 'vero', 'oui', 'on']);
const no = new Set([
  '',
  '0',
  'false',
  'f',
  'no',
  'n',
  'nein',
  'falsch',
  'falso',
  'non',
  'off',
  '-',
  'allow',
  'allowed',
  'consenti',
  'consentito',
  'zulassen',
  'never',
  'none',
  'null',
]);
/** A date that is none, `0000-00-00 00:00:00`. */
const noDate = /^[0:/. tz-]+$/;
const goneStates =
  /^(?:(?:un|non)[ _-]?subscribed|not subscribed|unsub|opt(?:ed)?[ _-]?out|cleaned|bounced|hard[ _-]?bounced?|complained|complaint|spam[ _-]?compl(?:aint|ained)|marked as spam|reported as spam|spam|abuse|do not contact|blacklisted|blocklisted|unreachable|disiscritto|disiscritta|cancellato|cancellata|abgemeldet|inactive|disabled|cancell?ed)$/i;
const bouncedStates = /^(?:cleaned|(?:hard[ _-]?)?bounced?|unreachable)$/i;
const complainedStates = /compl|spam|abuse/i;
/** `State` is a region or how somebody stands: the cell tells, as no region is called Bounced. */
const ambiguous = ['region', 'country'] as const;

/**
 * Whether a row says that the person must not be written to any more: a flag or a date in a column such as
 * "Unsubscribed" or UNSUB_TIME, or a status such as `unsubscribed` or `bounced`.
 */
export function saysOptedOut(cells: readonly string[], columns: Columns): boolean {
  return optOutColumn(cells, columns) !== undefined;
}

/** Whether a cell of a column such as `State` says how somebody stands, and not where: no region is called so. */
export function isStanding(text: string): boolean {
  const said = text.trim();
  return goneStates.test(said) || /^(?:subscribed|active|enabled|confirmed|unconfirmed|pending)$/i.test(said);
}

/** The column in which a row says so, from 0. A text that is no clear "no" counts: when in doubt nobody is written to. */
export function optOutColumn(cells: readonly string[], columns: Columns): number | undefined {
  for (const column of columns.opted_out ?? []) {
    if (saysYes(cells[column] ?? '')) return column;
  }
  const filled = [...(columns.bounced ?? []), ...(columns.bounced_at ?? [])];
  return (
    filled.find((column) => saysYes(cells[column] ?? '')) ??
    ['status' as const, ...ambiguous]
      .flatMap((field) => columns[field] ?? [])
      .find((column) => goneStates.test((cells[column] ?? '').trim()))
  );
}

/** A text that is no clear "no" is a yes. */
export function saysYes(text: string): boolean {
  const said = text.trim().toLowerCase();
  return yes.has(said) || !(no.has(said) || noDate.test(said));
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
  for (const field of ['status', ...ambiguous] as const)
    for (const { slot, text } of row.all(field)) {
      if (!goneStates.test(text)) continue;
      if (field !== 'status') row.unread.add(slot.column);
      const bounced = bouncedStates.test(text) ? 'hard_bounce' : 'unsubscribed';
      return { reason: complainedStates.test(text) ? 'spam_complaint' : bounced };
    }
  for (const field of ['bounced', 'bounced_at'] as const)
    for (const { text } of row.all(field))
      if (saysYes(text)) return dated('hard_bounce', row.one('bounced_at') ?? text);
  return undefined;
}
