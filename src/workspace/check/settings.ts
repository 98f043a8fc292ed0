import { calendarSchema, checkCalendar } from '../../domain/calendars/calendar.js';
import { loadHolidays } from '../../domain/calendars/holidays.js';
import { type Process, processSchema } from '../../domain/cases/process.js';
import { processFaults } from '../../domain/cases/process-faults.js';
import type { Fault } from '../../domain/check/fault.js';
import { type Config, config as configSchema } from '../../domain/config/config.js';
import { configFaults } from '../../domain/config/config-faults.js';
import { ItacaError } from '../../domain/error.js';
import { readYaml, type YamlFile } from '../config/read.js';
import { configFile } from '../find.js';
import type { Problem } from '../index/row.js';
import { problemOf } from './place.js';

/** The settings of a workspace, as far as they can be read, and all that is wrong with them. */
export interface CheckedSettings {
  config: Config | undefined;
  processes: ReadonlyMap<string, Process>;
  problems: Problem[];
}

const settingsFile = /^(?:itaca\.yaml|(processes|calendars)\/([^/]+)\.yaml)$/;

/** Whether a file holds settings. */
export function isSettings(path: string): boolean {
  return settingsFile.test(path);
}

/**
 * Checks the settings against their schemas and each other.
 * @param files path → text, of `itaca.yaml`, processes and calendars
 */
export async function checkSettings(files: ReadonlyMap<string, string>): Promise<CheckedSettings> {
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
  const processes = new Map<string, Process>();
  for (const type of namesIn('processes')) {
    const process = read(`processes/${type}.yaml`, ({ data }) => {
      const result = processSchema.safeParse(data);
      if (!result.success) return { faults: schemaFaults(result.error.issues) };
      const offices = new Set(Object.keys(config?.offices ?? {}));
      const members = new Set(Object.keys(config?.members ?? {}));
      return {
        value: result.data,
        faults: processFaults(result.data, { type, calendars, offices, members }),
      };
    });
    if (process) processes.set(type, process);
  }
  for (const name of calendars) {
    const path = `calendars/${name}.yaml`;
    const data = read(path, (file) => ({ value: file.data, faults: calendarFaults(file.data) }));
    const place = calendarSchema.safeParse(data).data?.holidays;
    if (place?.country === undefined) continue;
    try {
      await loadHolidays({ country: place.country, region: place.region });
    } catch (error) {
      if (!(error instanceof ItacaError)) throw error;
      const { message, hint } = error;
      read(path, () => ({
        faults: [{ at: ['holidays', 'country'], message, ...(hint ? { hint } : {}) }],
      }));
    }
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
