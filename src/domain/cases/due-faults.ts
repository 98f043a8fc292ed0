import { addBusinessTime } from '../calendars/business-time.js';
import type { BusinessCalendar } from '../calendars/open-hours.js';
import type { Fault } from '../check/fault.js';
import { ItacaError } from '../error.js';
import type { Process } from './process.js';

/**
 * Deadlines that would never come: their calendar is closed for too long.
 * @param calendars those that are sound, by name
 * @param now epoch milliseconds, from which they run
 */
export function dueFaults(
  { deadlines = [] }: Process,
  calendars: ReadonlyMap<string, BusinessCalendar>,
  now: number,
): Fault[] {
  return deadlines.flatMap(({ within, calendar: name }, position): Fault[] => {
    const calendar = name === undefined ? undefined : calendars.get(name);
    if (!calendar) return [];
    try {
      addBusinessTime(now, within, calendar);
      return [];
    } catch (error) {
      if (!(error instanceof ItacaError)) throw error;
      const { message, hint } = error;
      return [
        {
          at: ['deadlines', position, 'calendar'],
          message: `deadlines: ${message}`,
          ...(hint ? { hint } : {}),
        },
      ];
    }
  });
}
