import type { CalendarFile } from '../../domain/calendars/calendar.js';
import { type Feed, loadFeed } from '../../domain/calendars/feed.js';
import { loadHolidays } from '../../domain/calendars/holidays.js';
import {
  type BusinessCalendar,
  businessCalendar,
  type IsHoliday,
} from '../../domain/calendars/open-hours.js';
import type { Fault } from '../../domain/check/fault.js';
import { ItacaError } from '../../domain/error.js';

/** The folder of calendars and of the iCalendar files that they name. */
export const calendarFolder = 'calendars';

/** A fault of a calendar, or of a feed that it names. */
export interface CalendarFault extends Fault {
  /** The feed, relative to the workspace, and the line in it; absent for the calendar itself. */
  feed?: { path: string; line: number };
}

/**
 * A calendar with the holidays and closures it names, and what is wrong with those; what is not wrong counts.
 * @param feedText the text of a file in `calendars/`; undefined where there is none
 */
export async function readyCalendar(
  name: string,
  file: CalendarFile,
  feedText: (name: string) => string | undefined,
): Promise<{ calendar: BusinessCalendar; faults: CalendarFault[] }> {
  const faults: CalendarFault[] = [];
  const { country, region, ics = [] } = file.holidays ?? {};
  const closing: IsHoliday[] = [];
  if (country !== undefined) {
    try {
      closing.push(await loadHolidays({ country, region }));
    } catch (error) {
      if (!(error instanceof ItacaError)) throw error;
      const { message, hint } = error;
      const key = region !== undefined && message.includes('region') ? 'region' : 'country';
      faults.push({ at: ['holidays', key], message, ...(hint ? { hint } : {}) });
    }
  }
  const feeds: Feed[] = [];
  for (const [position, feedName] of ics.entries()) {
    const text = feedText(feedName);
    if (text === undefined) {
      const message = `holidays.ics: there is no ${calendarFolder}/${feedName}`;
      faults.push({
        at: ['holidays', 'ics', position],
        message,
        hint: 'put the file there; Itaca fetches none',
      });
      continue;
    }
    const feed = await loadFeed(text, file.timezone);
    feeds.push(feed);
    const path = `${calendarFolder}/${feedName}`;
    for (const { line, message, hint } of feed.faults)
      faults.push({ at: [], message, ...(hint ? { hint } : {}), feed: { path, line } });
  }
  const isHoliday: IsHoliday = (date) =>
    closing.some((isOff) => isOff(date)) || feeds.some((feed) => feed.isClosed(date));
  const calendar = businessCalendar(
    name,
    file,
    isHoliday,
    feeds.length > 0 ? (from, to) => feeds.flatMap((feed) => feed.closedBetween(from, to)) : undefined,
  );
  return { calendar, faults };
}
