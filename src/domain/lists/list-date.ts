import { type DateOrder, stampReader } from '../eventlog/stamps.js';

const months = [
  ['jan', 'gen', 'ene'],
  ['feb', 'fev'],
  ['mar', 'mär'],
  ['apr', 'avr', 'abr'],
  ['may', 'mag', 'mai'],
  ['jun', 'giu', 'jui'],
  ['jul', 'lug'],
  ['aug', 'ago', 'aou'],
  ['sep', 'set'],
  ['oct', 'ott', 'okt'],
  ['nov'],
  ['dec', 'dic', 'dez'],
];

/** `20110122T111244` and `12 Mar 2024`, `7-Feb-22` as ISO 8601. */
function spelledOut(text: string): string {
  const compact = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?$/.exec(text);
  if (compact !== null) {
    const [, year, month, day, hour, minute, second = '00'] = compact;
    return `${year}-${month}-${day}${hour === undefined ? '' : `T${hour}:${minute}:${second}`}`;
  }
  const named = /^(\d{1,2})[ -]([a-zà-ü]{3,9})\.?[ -](\d{4}|\d{2})$/i.exec(text);
  if (named === null) return text;
  const [, day, word, year] = named as unknown as [string, string, string, string];
  const month = months.findIndex((starts) => starts.includes(word.slice(0, 3).toLowerCase()));
  return month === -1 ? text : `${year.length === 2 ? `20${year}` : year}-${month + 1}-${day}`;
}

/**
 * A reader of the dates in a list.
 * @param order undefined where nothing tells it: then 03/04/2026 is no date, and 23/04/2026 and 3.4.2026 are
 * @param timeZone of times without an offset
 * @returns a function that gives a date, or a time with offset; undefined for anything else
 */
export function listDates(
  order: DateOrder | undefined,
  timeZone: string,
): (text: string) => string | undefined {
  const dayFirst = stampReader(timeZone, 'day-first');
  const monthFirst = stampReader(timeZone, 'month-first');
  return (text) => {
    const written = spelledOut(text.trim());
    const [, first, sign, second] = /^(\d{1,2})([-/.])(\d{1,2})\2\d{4}/.exec(written) ?? [];
    const told = sign === '.' || Number(first) > 12 || first === second ? 'day-first' : undefined;
    const meant = order ?? told ?? (Number(second) > 12 ? 'month-first' : undefined);
    if (first !== undefined && meant === undefined) return undefined;
    const stamp = (meant === 'month-first' ? monthFirst : dayFirst)(written);
    if ('wrong' in stamp) return undefined;
    return /\d:\d/.test(written) ? stamp.text : stamp.text.slice(0, 10);
  };
}
