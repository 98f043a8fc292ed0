import { type Clock, endOf, startOf } from '../../domain/time/clock.js';
import { parsePast } from '../../domain/time/parse-past.js';

/**
 * `--since` and `--until` as moments in epoch milliseconds: a day begins with its first moment and ends with its last.
 * @throws ItacaError `usage` for what is no day or time
 */
export function openedWithin(
  { since, until }: { since?: string; until?: string },
  clock: Clock,
): { since: number | undefined; until: number | undefined } {
  const { timeZone } = clock;
  return {
    since: since === undefined ? undefined : startOf(parsePast(since, clock), timeZone),
    until: until === undefined ? undefined : lastOf(parsePast(until, clock), timeZone),
  };
}

/** The end of a day is the first moment of the next. */
function lastOf(when: string, timeZone: string): number {
  const end = endOf(when, timeZone) as number;
  return when.length === 10 ? end - 1 : end;
}
