import type { Columns } from './columns.js';

const yes = new Set(['1', 'true', 't', 'yes', 'y', 'x', 'si', 'sì', 'ja', 'wahr', 'vero', 'oui', 'on']);
const no = new Set(['', '0', 'false', 'f', 'no', 'n', 'nein', 'falsch', 'falso', 'non', 'off', '-']);
const goneStates =
  /^(?:un-?subscribed|unsub|opted[ -]?out|cleaned|bounced|hard[ _]?bounced?|complained|complaint|blacklisted|blocklisted|unreachable|disiscritto|disiscritta|cancellato|cancellata|abgemeldet|inactive)$/i;

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
    const said = (cells[column] ?? '').trim().toLowerCase();
    if (yes.has(said) || !no.has(said)) return column;
  }
  return columns.status?.find((column) => goneStates.test((cells[column] ?? '').trim()));
}
