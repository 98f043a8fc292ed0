import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The types of case that have a process, by the files in `processes/`. */
export function processTypes(root: string): string[] {
  return namesIn(root, 'processes');
}

/** The calendars of a workspace, by the files in `calendars/`. */
export function calendarNames(root: string): string[] {
  return namesIn(root, 'calendars');
}

/** The sequences of a workspace, by the files in `sequences/`. */
export function sequenceNames(root: string): string[] {
  return namesIn(root, 'sequences').filter((name) => /^[\p{L}\p{N}_-]+$/u.test(name));
}

/** The names of the YAML files in a folder of the workspace. */
export function namesIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}
