import { Temporal } from 'temporal-polyfill';
import { parseDuration } from './durations.js';
import { dayAt, momentOf, offsetAt, timeOfDay } from './zone.js';

/** The outside world's time, handed in. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** IANA name of the workspace's time zone. */
  timeZone: string;
}

/** ISO 8601 with the offset of the zone, to the second: `2026-11-24T09:00:00+01:00`. */
export function isoInstant(epochMs: number, timeZone: string): string {
  const at = Math.floor(epochMs / 1000) * 1000;
  // Offsets of seconds, as local mean time had them, are rounded to the minute, as Temporal does.
  const minutes = Math.round(offsetAt(at, timeZone) / 60_000);
  const wall = new Date(at + offsetAt(at, timeZone)).toISOString();
  return `${wall.slice(0, wall.lastIndexOf('.'))}${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

/** The calendar day in the zone: `2026-11-24`. */
export function isoDate(epochMs: number, timeZone: string): string {
  const wall = new Date(epochMs + offsetAt(epochMs, timeZone)).toISOString();
  return wall.slice(0, wall.indexOf('T'));
}

function two(number: number): string {
  return String(Math.floor(number)).padStart(2, '0');
}

/** The ISO 8601 week in the zone: `2026-W47`. */
export function isoWeek(epochMs: number, timeZone: string): string {
  const day = Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs)).toZonedDateTimeISO(timeZone);
  return `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`;
}

/** Whether an IANA time zone name exists. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The moment a stored date or time has passed, in epoch milliseconds: a time at itself, a date at the end of its day
 * in the zone. Undefined for what is neither.
 */
export function endOf(value: string, timeZone: string): number | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    try {
      return Temporal.PlainDate.from(value).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
    } catch {
      return undefined;
    }
  }
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The first moment of a stored date, or the moment of a time, in epoch milliseconds. */
export function startOf(value: string, timeZone: string): number | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    try {
      return Temporal.PlainDate.from(value).toZonedDateTime(timeZone).epochMilliseconds;
    } catch {
      return undefined;
    }
  }
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms;
}

/**
 * Adds an ISO 8601 duration in clock time (days are calendar days of the zone). Epoch milliseconds in and out.
 * @throws ItacaError `invalid` for no duration
 */
export function addDuration(epochMs: number, duration: string, timeZone: string): number {
  const { direction, years, months, weeks, days, milliseconds } = parseDuration(duration);
  const start = Math.floor(epochMs);
  const moved = weeks * 7 + days;
  if (years === 0 && months === 0) {
    if (moved === 0) return start + milliseconds * direction;
    const time = timeOfDay(start, timeZone);
    const at = momentOf(dayAt(start, timeZone) + moved * direction, time, timeZone);
    // A time that the clocks leave out on that day is shifted forward, which Temporal knows how to do.
    if (timeOfDay(at, timeZone) === time) return at + milliseconds * direction;
  }
  return Temporal.Instant.fromEpochMilliseconds(start)
    .toZonedDateTimeISO(timeZone)
    .add(Temporal.Duration.from(duration)).epochMilliseconds;
}
