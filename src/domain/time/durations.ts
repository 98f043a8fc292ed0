import { Temporal } from 'temporal-polyfill';
import { ItacaError } from '../error.js';

/** A duration in the units that are counted apart: those of the calendar on the wall, days, and time. */
interface Duration {
  direction: 1 | -1;
  years: number;
  months: number;
  weeks: number;
  days: number;
  /** Hours, minutes, seconds. */
  milliseconds: number;
}

/** An ISO 8601 duration, without a sign. */
export const durationPattern = /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/;

/** A process has a handful of durations, and a report asks for them at every case. */
const known = new Map<string, Duration>();
const keptAtMost = 500;

/**
 * Reads a duration.
 * @param text ISO 8601, with a leading minus for a time before
 * @throws ItacaError `invalid` for no duration
 */
export function parseDuration(text: string): Duration {
  let duration = known.get(text);
  if (!duration) {
    duration = read(text);
    if (known.size >= keptAtMost) known.clear();
    known.set(text, duration);
  }
  return duration;
}

function read(text: string): Duration {
  try {
    const { years, months, weeks, days, ...time } = fieldsOf(Temporal.Duration.from(text).abs());
    const milliseconds =
      time.hours * 3_600_000 + time.minutes * 60_000 + time.seconds * 1000 + time.milliseconds;
    return { direction: text.startsWith('-') ? -1 : 1, years, months, weeks, days, milliseconds };
  } catch (cause) {
    throw new ItacaError('invalid', `"${text}" is not a duration`, {
      hint: 'write it as ISO 8601 does, such as PT8H or P2D',
      cause,
    });
  }
}

function fieldsOf(of: Temporal.Duration) {
  const { years, months, weeks, days, hours, minutes, seconds, milliseconds } = of;
  return { years, months, weeks, days, hours, minutes, seconds, milliseconds };
}
