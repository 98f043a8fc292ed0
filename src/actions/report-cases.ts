import { type NextDeadline, nextDeadline } from '../domain/cases/clocks.js';
import { levelOf } from '../domain/cases/escalation.js';
import { isOpen } from '../domain/cases/states.js';
import type { Index } from '../workspace/index/index.js';
import type { StoredRecord } from '../workspace/records.js';
import type { Workspace } from '../workspace/workspace.js';
import { judgedCases } from './cases/judged-cases.js';

/** A case with what is derived from its history. */
export interface CaseRow extends NextDeadline {
  id: string;
  title: string;
  type: string | null;
  state: string;
  priority: string;
  channel: string | null;
  contact: string | null;
  contact_name: string | null;
  owner: string | null;
  office: string | null;
  opened_at: string;
  /** Hours since it was opened, one decimal; 0 where it cannot be read when that was. */
  age_hours: number;
  /** To which level it was raised; 0 where it was not. */
  level: number;
  ref: string;
}

/**
 * Open cases, those that are overdue and the oldest first.
 * @param query in the query language; all of them where absent
 */
export async function openCases(workspace: Workspace, query?: string): Promise<CaseRow[]> {
  const index = await workspace.index();
  const cases =
    query === undefined
      ? index.openCases()
      : index.list({ kinds: ['case'], query }).filter(({ data }) => isOpen(data.state));
  const rows = await caseRows(cases, index, workspace);
  return rows.sort(
    (a, b) => Number(b.overdue) - Number(a.overdue) || b.age_hours - a.age_hours || (a.id < b.id ? -1 : 1),
  );
}

/** Derives what lists of cases show. */
export async function caseRows(
  cases: StoredRecord[],
  index: Index,
  workspace: Workspace,
): Promise<CaseRow[]> {
  const { now, timeZone } = workspace.clock;
  const { judged } = await judgedCases(cases, index, workspace);
  const moment = now();
  return judged.map(({ kase, clocks }) => {
    const { data } = kase;
    return {
      id: kase.id,
      title: data.title,
      type: data.type ?? null,
      state: data.state,
      priority: data.priority ?? 'normal',
      channel: data.channel ?? null,
      contact: data.contact ?? null,
      contact_name: (data.contact && index.get(data.contact.slice(-10))?.title) || null,
      owner: data.owner ?? null,
      office: data.office ?? null,
      opened_at: data.opened_at,
      age_hours: Math.round(((moment - Date.parse(data.opened_at)) / 3_600_000) * 10) / 10 || 0,
      ...nextDeadline(clocks, timeZone),
      level: levelOf(kase),
      ref: kase.ref,
    };
  });
}
