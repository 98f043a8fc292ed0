import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { calendarSchema, checkCalendar } from '../../domain/calendars/calendar.js';
import { loadHolidays } from '../../domain/calendars/holidays.js';
import { type BusinessCalendar, businessCalendar } from '../../domain/calendars/open-hours.js';
import { ItacaError } from '../../domain/error.js';
import { readYamlFile } from './read.js';

const folder = 'calendars';

/** The calendars of a workspace, by the files in `calendars/`. */
export function calendarNames(root: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/**
 * A calendar with the public holidays of its country; undefined where there is none of that name.
 * @throws ItacaError `invalid` with the line where the file is broken or its country is not known
 */
export async function readCalendar(root: string, name: string): Promise<BusinessCalendar | undefined> {
  // The name comes from a process; it names a file, and must not lead to another one.
  if (!/^[\p{L}\p{N}_-]+$/u.test(name) || !calendarNames(root).includes(name)) return undefined;
  const path = `${folder}/${name}.yaml`;
  const { data, lineOf } = readYamlFile(root, path);
  const issue = checkCalendar(data)[0];
  if (issue) {
    const message = [issue.at.join('.'), issue.message].filter(Boolean).join(': ');
    throw new ItacaError('invalid', message, { path, ...lineOf(issue.at) });
  }
  const file = calendarSchema.parse(data);
  const { country, region } = file.holidays ?? {};
  if (country === undefined) return businessCalendar(name, file, () => false);
  try {
    return businessCalendar(name, file, await loadHolidays({ country, region }));
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    const { code, message, hint } = error;
    throw new ItacaError(code, message, {
      path,
      ...lineOf(['holidays', 'country']),
      ...(hint ? { hint } : {}),
    });
  }
}

/** Those of the named calendars that are there, each read once. Throws as `readCalendar` does. */
export async function readCalendars(
  root: string,
  names: Iterable<string>,
): Promise<Map<string, BusinessCalendar>> {
  const calendars = new Map<string, BusinessCalendar>();
  for (const name of new Set(names)) {
    const calendar = await readCalendar(root, name);
    if (calendar) calendars.set(name, calendar);
  }
  return calendars;
}
