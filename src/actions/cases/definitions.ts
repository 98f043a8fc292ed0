import type { Case } from '../../domain/cases/case.js';
import type { ClockWorld } from '../../domain/cases/clocks.js';
import type { Process } from '../../domain/cases/process.js';
import { readCalendars } from '../../workspace/config/calendars.js';
import { readProcess } from '../../workspace/config/processes.js';
import type { Workspace } from '../../workspace/workspace.js';

/** What cases are judged by. */
export interface Definitions {
  /** The process of a case; undefined where its type has none. */
  processOf(kase: Pick<Case, 'process' | 'type'>): Process | undefined;
  world: ClockWorld;
}

/**
 * The processes of cases and the calendars that their deadlines name, each read once.
 * @throws ItacaError `invalid` with the line where one of them is broken
 */
export async function definitionsOf(
  cases: Iterable<Pick<Case, 'process' | 'type'>>,
  workspace: Workspace,
): Promise<Definitions> {
  const processes = new Map<string, Process | undefined>();
  for (const kase of cases) {
    const name = nameOf(kase);
    if (name !== undefined && !processes.has(name)) processes.set(name, readProcess(workspace.root, name));
  }
  const calendars = await readCalendars(
    workspace.root,
    [...processes.values()].flatMap((process) =>
      (process?.deadlines ?? []).flatMap(({ calendar }) => calendar ?? []),
    ),
  );
  const { clock } = workspace;
  return {
    processOf: (kase) => processes.get(nameOf(kase) ?? ''),
    world: { now: clock.now(), timeZone: clock.timeZone, calendars },
  };
}

function nameOf({ process, type }: Pick<Case, 'process' | 'type'>): string | undefined {
  return process ?? type;
}
