import { ItacaError } from '../error.js';
import { type Clock, endOf, isoInstant, startOf } from './clock.js';
import { parsePast } from './parse-past.js';

/** A stretch of time in epoch milliseconds. Its end is not in it; null where it has no beginning or no end. */
export interface Period {
  since: number | null;
  until: number | null;
}

/** A period that has both ends. */
export interface BoundedPeriod {
  since: number;
  until: number;
}

/**
 * Reads the period of a report as people type its ends: `2w`, `mon`, `2026-10-01`. A day as its beginning is from the
 * first moment of that day, as its end up to the last one.
 * @throws ItacaError `usage` for what is no time, and where it would end before it begins
 */
export function readPeriod(
  typed: { since?: string | undefined; until?: string | undefined },
  clock: Clock,
): Period {
  const since =
    typed.since === undefined ? null : (startOf(parsePast(typed.since, clock), clock.timeZone) ?? null);
  const until =
    typed.until === undefined ? null : (endOf(parsePast(typed.until, clock), clock.timeZone) ?? null);
  if (since !== null && until !== null && since >= until) {
    throw new ItacaError('usage', `from ${typed.since} until ${typed.until} there is no time`, {
      hint: '--since comes before --until',
    });
  }
  return { since, until };
}

/** Whether a moment, in epoch milliseconds, lies in a period; no moment lies only in the one without ends. */
export function isWithin({ since, until }: Period, at: number | undefined): boolean {
  if (at === undefined || Number.isNaN(at)) return since === null && until === null;
  return (since === null || at >= since) && (until === null || at < until);
}

/** The ends of a period as a report states them: ISO 8601 with the offset of the zone. */
export function statedPeriod(
  { since, until }: Period,
  timeZone: string,
): { since: string | null; until: string | null } {
  const stated = (end: number | null) => (end === null ? null : isoInstant(end, timeZone));
  return { since: stated(since), until: stated(until) };
}
