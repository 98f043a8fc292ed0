import { isDeepStrictEqual } from 'node:util';
import { calendarSchema, checkCalendar } from '../../domain/calendars/calendar.js';
import type { BusinessCalendar } from '../../domain/calendars/open-hours.js';
import { dueFaults } from '../../domain/cases/due-faults.js';
import { type Process, processSchema } from '../../domain/cases/process.js';
import { processFaults } from '../../domain/cases/process-faults.js';
import type { Fault } from '../../domain/check/fault.js';
import { type Config, config as configSchema } from '../../domain/config/config.js';
import { configFaults } from '../../domain/config/config-faults.js';
import { ItacaError } from '../../domain/error.js';
import { channels as knownChannels } from '../../domain/interactions/channels.js';
import { mappingFaults, mappingSchema } from '../../domain/lists/mapping.js';
import { hasConflictMarkers } from '../../domain/merge/conflict-markers.js';
import { sequenceSchema } from '../../domain/sequences/sequence.js';
import { sequenceFaults } from '../../domain/sequences/sequence-faults.js';
import { readYaml, type YamlFile } from '../config/read.js';
import { calendarFolder, readyCalendar } from '../config/ready-calendar.js';
import { configFile } from '../find.js';
import type { Problem } from '../index/row.js';
import { problemOf } from './place.js';

/** The settings of a workspace, as far as they can be read, and all that is wrong with them. */
export interface CheckedSettings {
  config: Config | undefined;
  processes: ReadonlyMap<string, Process>;
  problems: Problem[];
}

const settingsFile =
  /^(?:itaca\.yaml|(processes|calendars|sequences|mappings)\/([^/]+)\.yaml|calendars\/[^/]+\.ics|sequences\/[^/]+\/[^/]+\.md)$/;

/** Whether a file holds settings. */
export function isSettings(path: string): boolean {
  return settingsFile.test(path);
}

/**
 * Checks the settings against their schemas and each other.
 * @param files path → text, of `itaca.yaml`, processes, calendars and their feeds, sequences and
 *   their bodies, mappings of lists
 * @param now epoch milliseconds; a deadline that runs from then must have a due
 */
export async function checkSettings(
  files: ReadonlyMap<string, string>,
  now: number,
): Promise<CheckedSettings> {
  const problems: Problem[] = [];
  const read = <T>(
    path: string,
    judge: (file: YamlFile) => { value?: T; faults: Fault[] },
  ): T | undefined => {
    try {
      const file = readYaml(files.get(path) as string, path);
      const { value, faults } = judge(file);
      problems.push(...faults.map((fault) => problemOf(path, fault, file.lineOf(fault.at))));
      return value;
    } catch (error) {
      if (!(error instanceof ItacaError)) throw error;
      problems.push(problemOf(path, { at: [], message: error.message }, error));
      return undefined;
    }
  };
  const namesIn = (folder: string) =>
    [...files.keys()].flatMap((path) => {
      const [, place, name] = settingsFile.exec(path) ?? [];
      return place === folder && name !== undefined && !name.startsWith('.') ? [name] : [];
    });
  const calendars = new Set(namesIn('calendars'));
  const config = read(configFile, ({ data }) => {
    const result = configSchema.safeParse(data ?? {});
    return result.success
      ? { value: result.data, faults: configFaults(result.data, calendars) }
      : { faults: schemaFaults(result.error.issues) };
  });
  const ready = new Map<string, BusinessCalendar>();
  for (const name of calendars) {
    const path = `calendars/${name}.yaml`;
    const data = read(path, (file) => ({ value: file.data, faults: calendarFaults(file.data) }));
    const file = calendarSchema.safeParse(data).data;
    if (!file) continue;
    const { calendar, faults } = await readyCalendar(name, file, (feed) =>
      files.get(`${calendarFolder}/${feed}`),
    );
    ready.set(name, calendar);
    const own = faults.filter(({ feed }) => !feed);
    if (own.length > 0) read(path, () => ({ faults: own }));
    for (const { feed, ...fault } of faults) {
      if (!feed) continue;
      const problem = problemOf(feed.path, fault, { line: feed.line, column: 1 });
      // Several calendars may name one feed.
      if (!problems.some((one) => isDeepStrictEqual(one, problem))) problems.push(problem);
    }
  }
  const processes = new Map<string, Process>();
  for (const type of namesIn('processes')) {
    const process = read(`processes/${type}.yaml`, ({ data }) => {
      const result = processSchema.safeParse(data);
      if (!result.success) return { faults: schemaFaults(result.error.issues) };
      const surroundings = {
        type,
        calendars,
        offices: new Set(Object.keys(config?.offices ?? {})),
        members: new Set(Object.keys(config?.members ?? {})),
        channels: new Set([...knownChannels, ...Object.keys(config?.channels ?? {})]),
        languages: config?.languages ?? [],
      };
      const faults = [...processFaults(result.data, surroundings), ...dueFaults(result.data, ready, now)];
      return { value: result.data, faults };
    });
    if (process) processes.set(type, process);
  }
  for (const name of namesIn('sequences')) {
    read(`sequences/${name}.yaml`, ({ data }) => {
      const result = sequenceSchema.safeParse(data);
      if (!result.success) return { faults: schemaFaults(result.error.issues) };
      const surroundings = {
        name,
        calendars,
        offices: new Set(Object.keys(config?.offices ?? {})),
        members: new Set(Object.keys(config?.members ?? {})),
        purposes: new Set(Object.keys(config?.purposes ?? {})),
        hasFile: (file: string) => files.has(`sequences/${name}/${file}`),
      };
      return { faults: sequenceFaults(result.data, surroundings) };
    });
  }
  for (const name of namesIn('mappings')) {
    read(`mappings/${name}.yaml`, ({ data }) => {
      const result = mappingSchema.safeParse(data);
      return { faults: result.success ? mappingFaults(result.data) : schemaFaults(result.error.issues) };
    });
  }
  for (const [path, text] of files) {
    if (!/^sequences\/.*\.md$/.test(path) || !hasConflictMarkers(text)) continue;
    const line = text.slice(0, text.search(/^<{7} /m)).split('\n').length;
    problems.push(problemOf(path, { at: [], message: 'the body holds merge-conflict markers' }, { line }));
  }
  return { config, processes, problems };
}

function schemaFaults(issues: readonly { path: PropertyKey[]; message: string }[]): Fault[] {
  return issues.map(({ path, message }) => {
    const at = path.map((key) => (typeof key === 'number' ? key : String(key)));
    return { at, message: at.length > 0 ? `${at.join('.')}: ${message}` : message };
  });
}

function calendarFaults(data: unknown): Fault[] {
  return checkCalendar(data).map(({ at, message }) => ({
    at,
    message: at.length > 0 ? `${at.join('.')}: ${message}` : message,
  }));
}
