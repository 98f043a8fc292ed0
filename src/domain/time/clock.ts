import { Temporal } from 'temporal-polyfill';

/** The outside world's time, handed in. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** IANA name of the workspace's time zone. */
  timeZone: string;
}

/** ISO 8601 with the offset of the zone, to the second: `2026-11-24T09:00:00+01:00`. */
export function isoInstant(epochMs: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs / 1000) * 1000)
    .toZonedDateTimeISO(timeZone)
    .toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/** The calendar day in the zone: `2026-11-24`. */
export function isoDate(epochMs: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs))
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
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

/** Adds an ISO 8601 duration in clock time (days are calendar days of the zone). Epoch milliseconds in and out. */
export function addDuration(epochMs: number, duration: string, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs))
    .toZonedDateTimeISO(timeZone)
    .add(Temporal.Duration.from(duration)).epochMilliseconds;
}
