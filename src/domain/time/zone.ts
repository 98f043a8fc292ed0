import { Temporal } from 'temporal-polyfill';

/** A time in which the clocks of a zone keep one offset; epoch milliseconds. */
interface Span {
  from: number;
  /** The moment at which the clocks change next; `Infinity` where they never do. */
  until: number;
  /** What the clock on the wall shows less what that of Greenwich shows, in milliseconds. */
  offset: number;
}

const dayMs = 86_400_000;

/** The clocks of the world are the same for everybody: what was asked once about a year of a zone is kept. */
const known = new Map<string, Map<number, readonly Span[]>>();

/** The first moment of a year in Greenwich, epoch milliseconds. */
export function yearStart(year: number): number {
  // Date.UTC takes 0 to 99 for 1900 to 1999.
  return new Date(0).setUTCFullYear(year, 0, 1);
}

/** The year in Greenwich at a moment. */
export function yearAt(epochMs: number): number {
  return new Date(epochMs).getUTCFullYear();
}

/** The day on the wall at a moment, counted in days since 1970-01-01. */
export function dayAt(epochMs: number, timeZone: string): number {
  return Math.floor((epochMs + spanAt(epochMs, timeZone).offset) / dayMs);
}

/** What the clock on the wall shows less what that of Greenwich shows, in milliseconds. */
export function offsetAt(epochMs: number, timeZone: string): number {
  return spanAt(epochMs, timeZone).offset;
}

/** How long after midnight the clock on the wall shows a moment to be, in milliseconds. */
export function timeOfDay(epochMs: number, timeZone: string): number {
  const local = epochMs + spanAt(epochMs, timeZone).offset;
  return local - Math.floor(local / dayMs) * dayMs;
}

/**
 * When the clock on the wall first shows a time of a day: at the first of the two moments where an hour comes twice,
 * and at the first moment after the gap where an hour is left out.
 * @param day days since 1970-01-01
 * @param ms after its midnight; a day and more is the next one
 * @returns epoch milliseconds
 */
export function momentOf(day: number, ms: number, timeZone: string): number {
  const local = day * dayMs + ms;
  // No place is further than 14 hours ahead of Greenwich: the clock cannot have shown it before this span, or after
  // one in which it shows it.
  let span = spanAt(local - 14 * 3_600_000, timeZone);
  while (local - span.offset >= span.until) span = spanAt(span.until, timeZone);
  return Math.max(span.from, local - span.offset);
}

function spanAt(epochMs: number, timeZone: string): Span {
  const spans = spansOf(yearAt(epochMs), timeZone);
  let index = spans.length - 1;
  while (index > 0 && spans[index]!.from > epochMs) index--;
  return spans[index]!;
}

/** The spans that touch a year. */
function spansOf(year: number, timeZone: string): readonly Span[] {
  const years = known.get(timeZone) ?? new Map<number, readonly Span[]>();
  known.set(timeZone, years);
  const spans = years.get(year) ?? readSpans(year, timeZone);
  years.set(year, spans);
  return spans;
}

function readSpans(year: number, timeZone: string): Span[] {
  const end = yearStart(year + 1);
  const spans: Span[] = [];
  let from = yearStart(year);
  // The clocks may have changed on the last evening of the year before: what began before counts from there.
  const before = Temporal.Instant.fromEpochMilliseconds(from + 1)
    .toZonedDateTimeISO(timeZone)
    .getTimeZoneTransition('previous');
  from = before?.epochMilliseconds ?? Number.NEGATIVE_INFINITY;
  let at = Temporal.Instant.fromEpochMilliseconds(yearStart(year)).toZonedDateTimeISO(timeZone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    const until = next?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
    spans.push({ from, until, offset: at.offsetNanoseconds / 1_000_000 });
    if (!next || until >= end) return spans;
    [from, at] = [until, next];
  }
}
