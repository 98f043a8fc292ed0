import { isTimeZone } from '../time/clock.js';
import { momentOf } from '../time/zone.js';
import type { FeedFault, FeedLine } from './feed-text.js';

/** A date or time of an event as it stands on the wall there. */
export interface FeedTime {
  /** Days since 1970-01-01. */
  day: number;
  /** Milliseconds after midnight; undefined for a date. */
  ms: number | undefined;
  /** IANA name; that of the calendar where the event names none. */
  timeZone: string;
}

/** What an event of a feed says about closing. */
export interface FeedEvent {
  line: number;
  uid: string | undefined;
  start: FeedTime;
  /** In days for an event of whole days, else in milliseconds. */
  length: number;
  /** The occurrence of another event that this one stands for. */
  instead: FeedTime | undefined;
  rule: FeedLine | undefined;
  added: FeedTime[];
  removed: FeedTime[];
  /** Not where it is cancelled, tentative, or takes no time (TRANSP). */
  closes: boolean;
}

const dayMs = 86_400_000;

/** When a time of an event is, epoch milliseconds. */
export function instantOf({ day, ms, timeZone }: FeedTime): number {
  return momentOf(day, ms ?? 0, timeZone);
}

/**
 * Reads an event.
 * @param timeZone that of the calendar, in which times without one are
 * @returns the event, or what is wrong with it
 */
export function readEvent(
  { line, lines }: { line: number; lines: FeedLine[] },
  timeZone: string,
): FeedEvent | FeedFault {
  const one = (name: string) => lines.find((each) => each.name === name);
  try {
    const timesOf = (name: string) =>
      lines
        .filter((each) => each.name === name)
        .flatMap((each) => each.value.split(',').map((value) => timeOf(each, value, timeZone)));
    const [start] = timesOf('DTSTART');
    if (!start) throw new Wrong({ line, message: 'the event has no DTSTART' });
    const [end] = timesOf('DTEND');
    const [instead] = timesOf('RECURRENCE-ID');
    const ranged = lines.find(({ parameters }) => parameters.has('RANGE'));
    if (ranged) throw new Wrong({ line: ranged.line, message: 'RANGE is not understood here' });
    const status = one('STATUS')?.value.toUpperCase();
    return {
      line,
      uid: one('UID')?.value,
      start,
      length: lengthOf(start, end, one('DTEND'), one('DURATION')),
      instead,
      rule: one('RRULE'),
      added: timesOf('RDATE'),
      removed: timesOf('EXDATE'),
      closes:
        status !== 'CANCELLED' &&
        status !== 'TENTATIVE' &&
        one('TRANSP')?.value.toUpperCase() !== 'TRANSPARENT',
    };
  } catch (error) {
    if (error instanceof Wrong) return error.fault;
    throw error;
  }
}

/** A fault on its way out of the event. */
class Wrong extends Error {
  constructor(readonly fault: FeedFault) {
    super(fault.message);
  }
}

function lengthOf(
  start: FeedTime,
  end: FeedTime | undefined,
  endLine: FeedLine | undefined,
  durationLine: FeedLine | undefined,
): number {
  const isDay = start.ms === undefined;
  if (end && endLine) {
    const wrong = (message: string) => new Wrong({ line: endLine.line, message });
    if ((end.ms === undefined) !== isDay) throw wrong('DTSTART and DTEND: one is a date, the other a time');
    const length = isDay ? end.day - start.day : instantOf(end) - instantOf(start);
    if (length < 0) throw wrong('DTEND lies before DTSTART');
    // Some programs end an event of one day on that day.
    return isDay ? Math.max(1, length) : length;
  }
  if (!durationLine) return isDay ? 1 : 0;
  const parts =
    /^\+?P(?:(\d{1,5})W|(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?)$/.exec(
      durationLine.value.toUpperCase(),
    );
  if (!parts)
    throw new Wrong({ line: durationLine.line, message: `"${durationLine.value}" is not a duration` });
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const length = (weeks * 7 + days) * dayMs + (hours * 3600 + minutes * 60 + seconds) * 1000;
  return isDay ? Math.max(1, Math.ceil(length / dayMs)) : length;
}

function timeOf({ line, name, parameters }: FeedLine, value: string, timeZone: string): FeedTime {
  const [, year, month, date, hour, minute, second, z] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(value.trim()) ?? [];
  const day = Date.UTC(Number(year), Number(month) - 1, Number(date)) / dayMs;
  const exists =
    year !== undefined &&
    Number(year) >= 1000 &&
    new Date(day * dayMs).toISOString().slice(0, 10) === `${year}-${month}-${date}` &&
    (hour === undefined || (Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60));
  if (!exists)
    throw new Wrong({
      line,
      message: `${name}: "${value.slice(0, 40)}" is not a date or time`,
      hint: 'it is written as 20261224 or 20261224T130000',
    });
  if (hour === undefined) return { day, ms: undefined, timeZone };
  const ms = (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000;
  return { day, ms, timeZone: z ? 'UTC' : zoneOf(parameters.get('TZID'), line, timeZone) };
}

/** Some programs write a zone as `/example.com/Europe/Rome`. */
function zoneOf(id: string | undefined, line: number, timeZone: string): string {
  if (id === undefined) return timeZone;
  if (isTimeZone(id)) return id;
  const tail = id.split('/').slice(-2).join('/');
  if (id.startsWith('/') && isTimeZone(tail)) return tail;
  throw new Wrong({
    line,
    message: `TZID: "${id.slice(0, 40)}" is no IANA time zone`,
    hint: 'write it as TZID=Europe/Rome, or the event as whole days (VALUE=DATE)',
  });
}
