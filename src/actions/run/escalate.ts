import { escalationsDue } from '../../domain/cases/escalation.js';
import { raiseCase } from '../../domain/cases/raise.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import { promiseState } from '../../domain/promises/state.js';
import { idOfRef } from '../../domain/records/ids.js';
import { endOf } from '../../domain/time/clock.js';
import type { Index } from '../../workspace/index/index.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { judgedCases } from '../cases/judged-cases.js';

/** A step of an escalation that has come and is not on record yet. */
export interface Escalated {
  case: string;
  title: string;
  level: string;
  /** Members who are told. */
  notify: string[];
  why: string;
  /** When it came, ISO 8601. */
  at: string;
}

/**
 * The steps of escalations that have come and are not on record. What is written says the same in every clone: its id is
 * derived from case and step, its time is when the step came.
 */
export async function planEscalations(
  workspace: Workspace,
): Promise<{ changes: Change[]; escalated: Escalated[] }> {
  const index = await workspace.index();
  const { config } = workspace;
  const { judged, world } = await judgedCases(index.openCases(), index, workspace);
  const broken = brokenPromises(index, workspace);
  const changes: Change[] = [];
  const escalated: Escalated[] = [];
  for (const { kase, file, process, clocks } of judged) {
    const { history } = kase.data;
    // A history that is no list cannot be added to; check tells of it.
    if (history !== undefined && !Array.isArray(history)) continue;
    const due = escalationsDue(file, process, clocks, broken.get(kase.id) ?? [], world);
    const { entries, told, set } = raiseCase(kase, due, config, world.timeZone);
    if (entries.length === 0) continue;
    const { id, path, ref, data } = kase;
    entries.forEach(({ level, why, at }, position) => {
      escalated.push({ case: ref, title: data.title, level, notify: told[position] ?? [], why, at });
    });
    changes.push({ op: 'update', kind: 'case', id, path, set, append: { history: entries } });
  }
  return { changes, escalated };
}

/** When the promises made in each case were broken, by its id; epoch milliseconds. */
function brokenPromises(index: Index, workspace: Workspace): Map<string, number[]> {
  const { now, timeZone } = workspace.clock;
  const broken = new Map<string, number[]>();
  for (const { data } of index.openPromises() as unknown as StoredRecord<Promise_>[]) {
    const id = data.case === undefined ? undefined : idOfRef(data.case);
    if (id === undefined || promiseState(data, now(), timeZone) !== 'broken') continue;
    const list = broken.get(id) ?? [];
    list.push(endOf(data.due as string, timeZone) as number);
    broken.set(id, list);
  }
  return broken;
}
