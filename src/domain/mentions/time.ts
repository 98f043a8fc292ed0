import { type DateOrder, dateOrder, stampReader } from '../eventlog/stamps.js';
import { isoInstant } from '../time/clock.js';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** As feeds write it (RFC 822): `Fri, 20 Nov 2026 10:00:00 +0100`. */
const rfc822 =
  /^(?:[a-z]{3},? +)?(\d{1,2}) ([a-z]{3})[a-z]* (\d{4}) +(\d{1,2}:\d{2}(?::\d{2})?) *(z|ut|utc|gmt|[+-]\d{4})?$/i;

/**
 * A reader of the times of reviews: ISO 8601, RFC 822, dates as countries write them, seconds or milliseconds since 1970.
 * @param stamps all of the file, which together tell whether the day or the month comes first
 * @param timeZone of what states no offset
 * @param country ISO 3166-1 alpha-2
 * @returns a function that gives epoch milliseconds, or what is wrong with the text
 * @throws ItacaError `invalid` with the line where two stamps contradict each other
 */
export function timeReader(
  stamps: Iterable<{ text: string; line: number }>,
  timeZone: string,
  country: string | undefined,
  path: string,
  given?: DateOrder,
): (text: string) => number | { wrong: string } {
  const read = stampReader(timeZone, given ?? dateOrder(stamps, country, path));
  return (text) => {
    if (/^\d{10}(?:\d{3})?$/.test(text)) return Number(text) * (text.length === 10 ? 1000 : 1);
    const [, day = '', name = '', year, clock, zone] = rfc822.exec(text) ?? [];
    const month = months.indexOf(name.toLowerCase()) + 1;
    const plain =
      month === 0
        ? text.trim().slice(0, 60)
        : `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')} ${clock}${zone ? ` ${/^[+-]/.test(zone) ? zone : 'Z'}` : ''}`;
    const stamp = read(plain);
    return 'wrong' in stamp ? stamp : stamp.ms;
  };
}

/** A moment as records write it, in whole seconds. */
export function writtenAt(ms: number, timeZone: string): string {
  return isoInstant(Math.floor(ms / 1000) * 1000, timeZone);
}
