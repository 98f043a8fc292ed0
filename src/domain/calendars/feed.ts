import { yearAt, yearStart } from '../time/zone.js';
import { type FeedEvent, type FeedTime, instantOf, readEvent } from './feed-event.js';
import { type Occurrences, readRule } from './feed-rule.js';
import { type FeedFault, splitFeed } from './feed-text.js';
import type { Stretch } from './open-hours.js';

/** What an iCalendar file closes. */
export interface Feed {
  /** Whether an event of whole days covers a local date, `2026-12-25`. */
  isClosed(date: string): boolean;
  /** The events with hours that touch a time. */
  closedBetween(from: number, to: number): readonly Stretch[];
  faults: FeedFault[];
}

const dayMs = 86_400_000;

/**
 * Reads what the events of an iCalendar file (RFC 5545) close: one of whole days those days, DTEND not among them, one
 * with hours those hours. They recur by RRULE, RDATE and EXDATE; RECURRENCE-ID moves a single occurrence. Nothing is
 * closed by an event that is cancelled or tentative, or that takes no time (TRANSP:TRANSPARENT). What is wrong in it
 * stands in `faults`, and the rest counts.
 * @param timeZone that of the calendar, for times without one
 */
export async function loadFeed(text: string, timeZone: string): Promise<Feed> {
  // Loaded by the command that counts open hours of a calendar with a feed, and by no other.
  const { RRule } = await import('rrule');
  const { events: texts, faults } = splitFeed(text);
  const events: FeedEvent[] = [];
  for (const one of texts) {
    const event = readEvent(one, timeZone);
    if ('message' in event) faults.push(event);
    else events.push(event);
  }
  if (faults.length === 0 && events.length > 0 && !events.some(({ closes }) => closes))
    faults.push({
      line: events[0]!.line,
      message: 'no event closes anything: all are cancelled, tentative or take no time',
      hint: 'take out the lines TRANSP:TRANSPARENT where a day off is meant',
    });
  const replaced = events.filter(({ instead }) => instead);
  const walks = events
    .filter(({ closes }) => closes)
    .flatMap((event) => {
      const rule = readRule(event, RRule);
      if ('message' in rule) {
        faults.push(rule);
        return [];
      }
      const removed = replaced.flatMap(({ uid, instead }) =>
        uid !== undefined && uid === event.uid && !event.instead && instead ? [instead] : [],
      );
      return [{ event, upTo: occurrences(event, rule, [...event.removed, ...removed]) }];
    });
  const touching = (isDay: boolean, year: number): Stretch[] =>
    walks
      .filter(({ event }) => (event.start.ms === undefined) === isDay)
      .flatMap(({ event, upTo }) =>
        upTo(year).map((time): Stretch => {
          const from = isDay ? time.day * dayMs : instantOf(time);
          return [from, from + event.length * (isDay ? dayMs : 1)];
        }),
      )
      .filter(([from, to]) => from < yearStart(year + 1) + 2 * dayMs && to > yearStart(year) - 2 * dayMs);
  const days = byYear((year) => datesOf(touching(true, year), year));
  const hours = byYear((year) => touching(false, year));
  return {
    faults,
    isClosed: (date) => days(Number(date.slice(0, 4))).has(date),
    closedBetween: (from, to) => hours(yearAt(from)).filter(([gone, again]) => gone < to && again > from),
  };
}

/** The occurrences of an event up to the end of a year, those that RDATE adds among them and without those taken out. */
function occurrences({ added }: FeedEvent, rule: Occurrences, removed: readonly FeedTime[]): Occurrences {
  const days = new Set(removed.flatMap(({ ms, day }) => (ms === undefined ? [day] : [])));
  const instants = new Set(removed.flatMap((time) => (time.ms === undefined ? [] : [instantOf(time)])));
  const isLeft = (time: FeedTime) =>
    !days.has(time.day) && !(time.ms !== undefined && instants.size > 0 && instants.has(instantOf(time)));
  let whole: FeedTime[] | undefined;
  let left: FeedTime[] = [];
  return (year) => {
    const all = rule(year);
    if (all !== whole) {
      whole = all;
      left = [...all, ...added].filter(isLeft);
    }
    return left;
  };
}

function datesOf(stretches: readonly Stretch[], year: number): ReadonlySet<string> {
  const dates = new Set<string>();
  for (const [from, to] of stretches) {
    const last = Math.min(to, yearStart(year + 1));
    for (let at = Math.max(from, yearStart(year)); at < last; at += dayMs)
      dates.add(new Date(at).toISOString().slice(0, 10));
  }
  return dates;
}

function byYear<T>(of: (year: number) => T): (year: number) => T {
  const known = new Map<number, T>();
  return (year) => {
    const value = known.get(year) ?? of(year);
    known.set(year, value);
    return value;
  };
}
