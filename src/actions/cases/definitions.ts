import type { Case } from '../../domain/cases/case.js';
import type { ClockWorld } from '../../domain/cases/clocks.js';
import type { Process } from '../../domain/cases/process.js';
import { processTypes } from '../../workspace/config/definition-files.js';
import type { Workspace } from '../../workspace/workspace.js';

/** What cases are judged by. */
export interface Definitions {
  /** The process of a case; undefined where its type has none. */
  processOf(kase: Pick<Case, 'process' | 'type'>): Process | undefined;
  world: ClockWorld;
}

/**
 * Judges cases by their processes and the calendars that their deadlines name.
 * @param judge without effects: it may be called twice
 * @throws ItacaError `invalid` with the line where one of them is broken
 */
export async function judging<T>(
  cases: Iterable<Pick<Case, 'process' | 'type'>>,
  workspace: Workspace,
  judge: (definitions: Definitions) => T,
): Promise<T> {
  const names = new Set<string>();
  for (const kase of cases) {
    const name = nameOf(kase);
    if (name !== undefined) names.add(name);
  }
  return judgingBy(names, workspace, judge);
}

/**
 * The same by every process of the workspace, for more cases than are looked through beforehand.
 * @param judge without effects: it may be called twice
 */
export function judgingByAll<T>(workspace: Workspace, judge: (definitions: Definitions) => T): Promise<T> {
  return judgingBy(new Set(processTypes(workspace.root)), workspace, judge);
}

function judgingBy<T>(
  names: ReadonlySet<string>,
  workspace: Workspace,
  judge: (definitions: Definitions) => T,
): Promise<T> {
  const { clock, config } = workspace;
  const world = {
    now: clock.now(),
    timeZone: clock.timeZone,
    officeOf: (member: string) => config.members?.[member]?.office,
  };
  return workspace.withDefinitions(names, ({ process, calendars }) =>
    judge({ processOf: (kase) => process(nameOf(kase) ?? ''), world: { ...world, calendars } }),
  );
}

function nameOf({ process, type }: Pick<Case, 'process' | 'type'>): string | undefined {
  return process ?? type;
}
