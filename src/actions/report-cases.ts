import type { Case } from '../domain/cases/case.js';
import { caseClocks } from '../domain/cases/clocks.js';
import type { Process } from '../domain/cases/process.js';
import { isOpen } from '../domain/cases/states.js';
import { readProcess } from '../workspace/config/processes.js';
import type { Index } from '../workspace/index/index.js';
import type { StoredRecord } from '../workspace/records.js';
import type { Workspace } from '../workspace/workspace.js';

/** A case with what is derived from its history. */
export interface CaseRow {
  id: string;
  title: string;
  type: string | null;
  state: string;
  priority: string;
  contact: string | null;
  contact_name: string | null;
  owner: string | null;
  office: string | null;
  opened_at: string;
  age_hours: number;
  due_at: string | null;
  due_for: string | null;
  overdue: boolean;
  ref: string;
}

/** Open cases, those that are overdue and the oldest first. */
export async function openCases(workspace: Workspace): Promise<CaseRow[]> {
  const index = await workspace.index();
  const rows = caseRows(
    index.list({ kinds: ['case'] }).filter((kase) => isOpen(kase.data.state)),
    index,
    workspace,
  );
  return rows.sort(
    (a, b) => Number(b.overdue) - Number(a.overdue) || b.age_hours - a.age_hours || (a.id < b.id ? -1 : 1),
  );
}

/** Derives the clocks of cases. */
export function caseRows(cases: StoredRecord[], index: Index, workspace: Workspace): CaseRow[] {
  const processes = new Map<string, Process | undefined>();
  const { now, timeZone } = workspace.clock;
  return (cases as unknown as StoredRecord<Case>[]).map((kase) => {
    const { data } = kase;
    const type = data.type ?? null;
    if (type && !processes.has(type)) processes.set(type, readProcess(workspace.root, type));
    const contact = data.contact ? index.get(data.contact.slice(-10)) : undefined;
    return {
      id: kase.id,
      title: data.title,
      type,
      state: data.state,
      priority: data.priority ?? 'normal',
      contact: data.contact ?? null,
      contact_name: contact?.title ?? null,
      owner: data.owner ?? null,
      office: data.office ?? null,
      opened_at: data.opened_at,
      ...caseClocks(data, type ? processes.get(type) : undefined, firstAnswer(kase, index), now(), timeZone),
      ref: kase.ref,
    };
  });
}

/** When the firm first said something to the customer in a case, after it was opened. */
function firstAnswer(kase: StoredRecord<Case>, index: Index): number | undefined {
  const opened = Date.parse(kase.data.opened_at);
  const answers = index
    .naming(kase.id, ['interaction'])
    .filter(
      ({ data, at }) =>
        data.direction === 'outbound' && at !== null && at >= opened && !unanswered.has(String(data.outcome)),
    )
    .map(({ at }) => at as number);
  return answers.length > 0 ? Math.min(...answers) : undefined;
}

/** Attempts that reached nobody are no answer. */
const unanswered = new Set(['no_answer', 'busy', 'abandoned']);
