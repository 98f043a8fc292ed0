import { lstatSync, readFileSync } from 'node:fs';
import { calendarSchema, checkCalendar } from '../../domain/calendars/calendar.js';
import type { BusinessCalendar } from '../../domain/calendars/open-hours.js';
import { ItacaError } from '../../domain/error.js';
import { insideWorkspace } from '../files.js';
import { calendarNames } from './definition-files.js';
import { readYamlFile } from './read.js';
import { calendarFolder as folder, readyCalendar } from './ready-calendar.js';

/**
 * A calendar with the public holidays of its country and the closures of its feeds; undefined where there is none of
 * that name.
 * @throws ItacaError `invalid` with the line where the file or a feed is broken, or its country is not known
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
  const { calendar, faults } = await readyCalendar(name, calendarSchema.parse(data), (feed) =>
    readFeed(root, `${folder}/${feed}`),
  );
  const [fault] = faults;
  if (!fault) return calendar;
  const { message, hint, feed, at } = fault;
  throw new ItacaError('invalid', message, {
    ...(feed ?? { path, ...lineOf(at) }),
    ...(hint ? { hint } : {}),
  });
}

/** The text of a feed; undefined where there is no such file of the workspace's own. */
function readFeed(root: string, path: string): string | undefined {
  // A link could lead out of the workspace.
  const file = insideWorkspace(root, path);
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : undefined;
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
