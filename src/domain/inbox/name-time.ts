import { momentOf } from '../time/zone.js';

/** Day and time in a name, as scanners and fax machines write them: `2026-11-20 16-40`, `Scan_20261120_164033`. */
const stamp =
  /(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?:[T _-]?([01]\d|2[0-3])[.:_-]?([0-5]\d))?/;

/**
 * When a scan was made, by the name of its file; undefined where that does not tell. A day without a time is meant from
 * its beginning: the clock of what the letter asks began no later.
 * @returns milliseconds since 1970
 */
export function nameTime(name: string, timeZone: string): number | undefined {
  const match = stamp.exec(name);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour, minute] = match.slice(1).map((part) => Number(part ?? 0));
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).getUTCDate() !== day) return undefined;
  const ofDay = ((hour ?? 0) * 60 + (minute ?? 0)) * 60_000;
  return momentOf(midnight / 86_400_000, ofDay, timeZone);
}
