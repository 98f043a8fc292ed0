import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BusinessCalendar, OpenYear } from '../../domain/calendars/open-hours.js';
import type { Process } from '../../domain/cases/process.js';
import { isUnwritable, type Sqlite } from '../index/database.js';

/** The processes and calendars that a command judges by. */
export interface DefinitionSet {
  /** Undefined for a type that has none. */
  process(name: string): Process | undefined;
  calendars: ReadonlyMap<string, BusinessCalendar>;
}

/** What was read and worked out, as the index keeps it. Null where there is no such file. */
interface Kept {
  processes: Record<string, Process | null>;
  calendars: Record<string, { timeZone: string; years: Record<string, OpenYear> } | null>;
}

const folders = ['processes', 'calendars'];
/** More years than these are not kept: a case of another century is a slip. */
const mostYears = 40;

/** A year that was never asked for is not kept. */
class YearNotKept extends Error {}

/**
 * Judges by the processes of these names and the calendars of their deadlines. What was read and worked out is kept in the
 * index and used while the files stay as they are: reading them and computing holidays costs more than judging thousands
 * of cases.
 * @param judge may be called a second time, with what is read anew, where something that it asks for was not kept
 * @throws ItacaError `invalid` with the line where one of the files is broken
 */
export async function withDefinitions<T>(
  db: Sqlite,
  root: string,
  names: ReadonlySet<string>,
  judge: (definitions: DefinitionSet) => T,
): Promise<T> {
  const stamp = stampOf(root);
  const kept = stamp === undefined ? undefined : readKept(db, stamp);
  const known = kept && fromKept(kept, names);
  if (known) {
    try {
      return judge(known);
    } catch (error) {
      if (!(error instanceof YearNotKept)) throw error;
    }
  }
  const [{ readProcess }, { readCalendars }] = await Promise.all([
    import('./processes.js'),
    import('./calendars.js'),
  ]);
  const processes = new Map([...names].map((name) => [name, readProcess(root, name)]));
  const wanted = calendarsOf(processes.values());
  const real = await readCalendars(root, wanted);
  const asked = new Map<string, Record<string, OpenYear>>();
  const calendars = new Map(
    [...real].map(([name, calendar]): [string, BusinessCalendar] => {
      const years: Record<string, OpenYear> = {};
      asked.set(name, years);
      return [name, { ...calendar, year: (number) => (years[number] ??= calendar.year(number)) }];
    }),
  );
  const judged = judge({ process: (name) => processes.get(name), calendars });
  if (stamp !== undefined) {
    const next: Kept = kept ?? { processes: {}, calendars: {} };
    for (const [name, process] of processes) next.processes[name] = process ?? null;
    for (const name of wanted) {
      const { timeZone } = real.get(name) ?? {};
      const years = { ...next.calendars[name]?.years, ...asked.get(name) };
      const few = Object.keys(years).length <= mostYears ? years : {};
      next.calendars[name] = timeZone === undefined ? null : { timeZone, years: few };
    }
    keep(db, stamp, next);
  }
  return judged;
}

/** What is kept, where it holds all that is asked for by name. */
function fromKept(kept: Kept, names: ReadonlySet<string>): DefinitionSet | undefined {
  if ([...names].some((name) => !Object.hasOwn(kept.processes, name))) return undefined;
  const process = (name: string) => kept.processes[name] ?? undefined;
  const wanted = calendarsOf([...names].map(process));
  if ([...wanted].some((name) => !Object.hasOwn(kept.calendars, name))) return undefined;
  const calendars = new Map(
    [...wanted].flatMap((name): [string, BusinessCalendar][] => {
      const calendar = kept.calendars[name];
      if (!calendar) return [];
      const { timeZone, years } = calendar;
      const year = (number: number) => {
        const open = years[number];
        if (open === undefined) throw new YearNotKept();
        return open;
      };
      return [[name, { name, timeZone, year }]];
    }),
  );
  return { process, calendars };
}

function calendarsOf(processes: Iterable<Process | undefined>): Set<string> {
  return new Set(
    [...processes].flatMap((process) =>
      (process?.deadlines ?? []).flatMap(({ calendar }) => (calendar === undefined ? [] : [calendar])),
    ),
  );
}

/**
 * Tells the files as they are, and the program that reads them, from any others; undefined where one was changed just
 * now, for within a tick of that another change would not show.
 */
function stampOf(root: string): string | undefined {
  const program = statSync(fileURLToPath(import.meta.url));
  const parts = [`${program.mtimeMs} ${program.size}`];
  for (const folder of folders) {
    let names: string[];
    try {
      names = readdirSync(join(root, folder)).sort();
    } catch {
      continue;
    }
    for (const name of names) {
      const { mtimeMs, ctimeMs, size, ino } = lstatSync(join(root, folder, name));
      if (Date.now() - ctimeMs < 100) return undefined;
      parts.push(`${folder}/${name} ${mtimeMs} ${ctimeMs} ${size} ${ino}`);
    }
  }
  return parts.join('\n');
}

function readKept(db: Sqlite, stamp: string): Kept | undefined {
  const row = db.prepare("select value from meta where key = 'definitions'").get() as
    | { value: string }
    | undefined;
  if (!row?.value.startsWith(JSON.stringify(stamp))) return undefined;
  return JSON.parse(row.value.slice(JSON.stringify(stamp).length)) as Kept;
}

function keep(db: Sqlite, stamp: string, kept: Kept): void {
  try {
    db.prepare("insert or replace into meta values ('definitions', ?)").run(
      JSON.stringify(stamp) + JSON.stringify(kept),
    );
  } catch (error) {
    if (!isUnwritable(error)) throw error;
  }
}
