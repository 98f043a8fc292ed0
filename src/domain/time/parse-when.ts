import { Temporal } from 'temporal-polyfill';
import { ItacaError } from '../error.js';
import { type Clock, isoInstant } from './clock.js';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * Reads a day or time as a person types it: `2026-11-24`, `2026-11-24T15:30`, `2026-11-24 15:30`, `15:30`, `now`,
 * `today`, `tomorrow`, `yesterday`, `fri` (the next one, today excluded), `3d`, `+2w`, `-1h`, `P3D`; a day may be
 * followed by a time (`fri 15:30`).
 * Of an hour that comes twice, when the clocks go back, the first is meant; one that is left out is shifted forward.
 * @param tell is told where one of these was typed, in a sentence
 * @returns a date (`2026-11-24`) where no time was given, else ISO 8601 with the offset of the clock's zone
 * @throws ItacaError `usage` for anything else
 */
export function parseWhen(input: string, clock: Clock, tell?: (note: string) => void): string {
  const text = input.trim().toLowerCase();
  const now = Temporal.Instant.fromEpochMilliseconds(Math.floor(clock.now())).toZonedDateTimeISO(
    clock.timeZone,
  );
  const iso = (moment: Temporal.ZonedDateTime) => isoInstant(moment.epochMilliseconds, clock.timeZone);
  try {
    if (text === 'now') return iso(now);
    if (/^\d{4}-\d{2}-\d{2}t.*(z|[+-]\d{2}:?\d{2})$/.test(text)) {
      return iso(Temporal.Instant.from(text.toUpperCase()).toZonedDateTimeISO(clock.timeZone));
    }
    const relative = /^([+-]?)(\d+)\s*(min|h|d|w|m|y)$/.exec(text);
    if (relative) {
      const [, sign, count, letter] = relative as unknown as [string, string, string, string];
      const unit = { min: 'minutes', h: 'hours', d: 'days', w: 'weeks', m: 'months', y: 'years' }[
        letter
      ] as string;
      const moved = now.add({ [unit]: Number(count) * (sign === '-' ? -1 : 1) });
      return letter === 'min' || letter === 'h' ? iso(moved) : moved.toPlainDate().toString();
    }
    if (/^-?p/.test(text)) {
      const duration = Temporal.Duration.from(text.toUpperCase());
      const moved = now.add(duration);
      const hasTime = duration.hours !== 0 || duration.minutes !== 0 || duration.seconds !== 0;
      return hasTime ? iso(moved) : moved.toPlainDate().toString();
    }
    if (text === '') throw new RangeError('empty');
    const parts = /^(.*?)(?:[t ]*(\d{1,2}:\d{2}(?::\d{2})?))?$/.exec(text);
    const day = dayOf(parts?.[1]?.trim() ?? '', now.toPlainDate());
    if (day) {
      const time = parts?.[2];
      if (!time) return day.toString();
      const wall = day.toPlainDateTime(Temporal.PlainTime.from(time.padStart(5, '0')));
      const note = wallNote(wall, clock.timeZone);
      if (note !== undefined) tell?.(note);
      return iso(wall.toZonedDateTime(clock.timeZone));
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new ItacaError('usage', `"${input}" is not a day or time`, {
    hint: 'write it as 2026-11-24, 2026-11-24T15:30, tomorrow, fri, 3d or 2h',
  });
}

/** What there is to say about a time on the wall which no moment shows, or two do. */
function wallNote(wall: Temporal.PlainDateTime, timeZone: string): string | undefined {
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    wall.toZonedDateTime(timeZone, { disambiguation }),
  ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime];
  if (first.epochMilliseconds === second.epochMilliseconds) return undefined;
  const [date, time] = [wall.toPlainDate().toString(), wall.toPlainTime().toString().slice(0, 5)];
  const iso = (moment: Temporal.ZonedDateTime) => isoInstant(moment.epochMilliseconds, timeZone);
  return first.toPlainDateTime().equals(wall)
    ? `${time} comes twice on ${date} in ${timeZone}; the first is taken, and the second would be ${iso(second)}`
    : `${time} does not come on ${date} in ${timeZone}, where the clocks go forward; ${iso(second)} is taken`;
}

function dayOf(word: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  if (word === '' || word === 'today') return today;
  if (word === 'tomorrow') return today.add({ days: 1 });
  if (word === 'yesterday') return today.subtract({ days: 1 });
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return Temporal.PlainDate.from(word, { overflow: 'reject' });
  const weekday = weekdays.findIndex(
    (name) =>
      word.startsWith(name) &&
      /^(mon|tues|wednes|thurs|fri|satur|sun)?(day)?$/.test(word.length > 3 ? word : 'day'),
  );
  if (weekday < 0) return undefined;
  return today.add({ days: ((weekday + 1 - today.dayOfWeek + 6) % 7) + 1 });
}
