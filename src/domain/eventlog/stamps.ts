import { Temporal } from 'temporal-polyfill';
import { ItacaError } from '../error.js';

/** Whether `03/04/2026` is in April or in March. */
export type DateOrder = 'day-first' | 'month-first';

/** A moment of a log: for sorting, and as a record writes it. */
export interface Stamp {
  /** Epoch milliseconds. */
  ms: number;
  /** ISO 8601 with the offset of the source, or that of the zone; fractions of a second as they were given. */
  text: string;
}

const time = String.raw`(?:(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?m\.?)?)?`;
const zone = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}${zone}$`, 'i');
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${time}${zone}$`, 'i');

/** Countries that write the month before the day. */
const monthFirst = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'PR']);

/**
 * Tells in which order a log writes day and month: by stamps that fit one order only, else by the country.
 * @param stamps with the lines they stand on
 * @param country ISO 3166-1 alpha-2
 * @returns undefined where no stamp begins with day or month
 * @throws ItacaError `invalid` with the line where two stamps contradict each other, or nothing tells the order
 */
export function dateOrder(
  stamps: Iterable<{ text: string; line: number }>,
  country: string | undefined,
  path: string,
): DateOrder | undefined {
  let unclear: { text: string; line: number } | undefined;
  const proofs: Partial<Record<DateOrder, { text: string; line: number }>> = {};
  for (const stamp of stamps) {
    const [, first, sign, second] = yearLast.exec(stamp.text) ?? [];
    if (first === undefined || second === undefined) continue;
    // Nobody writes 03.04.2026 and means the 4th of March.
    if (Number(first) > 12 || sign === '.') proofs['day-first'] ??= stamp;
    else if (Number(second) > 12) proofs['month-first'] ??= stamp;
    else unclear ??= stamp;
  }
  const { 'day-first': day, 'month-first': month } = proofs;
  if (day && month) {
    const [one, other] = day.line < month.line ? [day, month] : [month, day];
    throw new ItacaError(
      'invalid',
      `"${other.text}" and "${one.text}" on line ${one.line} cannot have day and month in the same order`,
      { path, line: other.line, hint: 'say which is meant with --dates day-first or --dates month-first' },
    );
  }
  if (day || month || !unclear) return day ? 'day-first' : month ? 'month-first' : undefined;
  if (country !== undefined) return monthFirst.has(country) ? 'month-first' : 'day-first';
  throw new ItacaError('invalid', `nothing tells which is the day and which the month in "${unclear.text}"`, {
    path,
    line: unclear.line,
    hint: 'say it with --dates day-first or --dates month-first',
  });
}

/**
 * A reader of stamps.
 * @param timeZone IANA name; of stamps that state no offset
 * @returns a function that gives the stamp, or what is wrong with the text
 */
export function stampReader(
  timeZone: string,
  order: DateOrder | undefined,
): (text: string) => Stamp | { wrong: string } {
  const offsetAt = offsets(timeZone);
  return (text) => {
    const iso = yearFirst.exec(text);
    const found = iso ?? yearLast.exec(text);
    if (!found) return { wrong: `"${text}" is no time, such as 2026-11-24T15:30:00` };
    const [, one = '', , two = '', three = '', hour = '0', minute = '00', second = '00', fraction = ''] =
      found;
    const [year, month, day] = iso
      ? [one, two, three]
      : order === 'month-first'
        ? [three, one, two]
        : [three, two, one];
    const half = found[9]?.toLowerCase();
    const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'p' ? 12 : 0);
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const wall = Date.parse(`${date}T00:00:00Z`);
    if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(date))
      return { wrong: `"${text}": the calendar has no ${date}` };
    if (hours > 23 || Number(minute) > 59 || Number(second) > 59 || (half !== undefined && Number(hour) > 12))
      return { wrong: `"${text}": the clock has no ${hour}:${minute}:${second}` };
    const rest = fraction.replace(/0+$/, '');
    const clock = `${String(hours).padStart(2, '0')}:${minute}:${second}${rest === '' ? '' : `.${rest}`}`;
    const local =
      wall +
      ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 +
      Number(fraction.slice(0, 3).padEnd(3, '0'));
    const stated = found[10];
    if (stated !== undefined) {
      const offset = statedOffset(stated);
      if (offset === undefined) return { wrong: `"${text}": no place is ${stated} from UTC` };
      return { ms: local - offset.ms, text: `${date}T${clock}${offset.text}` };
    }
    const { ms, offset } = offsetAt(local);
    // An hour that the clocks skip is the one after it.
    const shown =
      ms + offset === local ? `${date}T${clock}` : new Date(ms + offset).toISOString().slice(0, 19);
    return { ms, text: `${shown}${offsetText(offset)}` };
  };
}

const dayMs = 86_400_000;

/** Moments of a zone by its clock: whole days whose offset does not change are asked for once. */
function offsets(timeZone: string): (local: number) => { ms: number; offset: number } {
  const days = new Map<number, number | undefined>();
  const at = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6;
  return (local) => {
    const day = Math.floor(local / dayMs);
    if (!days.has(day)) {
      const before = at((day - 1) * dayMs);
      days.set(day, before === at((day + 2) * dayMs) ? before : undefined);
    }
    const constant = days.get(day);
    if (constant !== undefined) return { ms: local - constant, offset: constant };
    const moment = Temporal.PlainDateTime.from(new Date(local).toISOString().slice(0, -1)).toZonedDateTime(
      timeZone,
    );
    return { ms: moment.epochMilliseconds, offset: moment.offsetNanoseconds / 1e6 };
  };
}

function statedOffset(stated: string): { ms: number; text: string } | undefined {
  if (/^[a-z]/i.test(stated)) return { ms: 0, text: 'Z' };
  const hours = Number(stated.slice(1, 3));
  const minutes = Number(stated.slice(3).replace(':', '') || '0');
  if (hours > 23 || minutes > 59) return undefined;
  const ms = (hours * 60 + minutes) * 60_000;
  return { ms: stated.startsWith('-') ? -ms : ms, text: offsetText(stated.startsWith('-') ? -ms : ms) };
}

function offsetText(offset: number): string {
  const minutes = Math.abs(Math.round(offset / 60_000));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
