import type { BusinessCalendar } from '../domain/calendars/open-hours.js';
import type { Case } from '../domain/cases/case.js';
import { caseClocks } from '../domain/cases/clocks.js';
import type { Process } from '../domain/cases/process.js';
import { isOpen } from '../domain/cases/states.js';
import { readCalendars } from '../workspace/config/calendars.js';
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
  const rows = await caseRows(
    index.list({ kinds: ['case'] }).filter((kase) => isOpen(kase.data.state)),
    index,
    workspace,
  );
  return rows.sort(
    (a, b) => Number(b.overdue) - Number(a.overdue) || b.age_hours - a.age_hours || (a.id < b.id ? -1 : 1),
  );
}

/** Derives the clocks of cases. */
export async function caseRows(
  cases: StoredRecord[],
  index: Index,
  workspace: Workspace,
): Promise<CaseRow[]> {
  const { now, timeZone } = workspace.clock;
  const { processes, calendars } = await definitionsOf(
    cases as unknown as StoredRecord<Case>[],
    workspace.root,
  );
  return (cases as unknown as StoredRecord<Case>[]).map((kase) => {
    const { data } = kase;
    const type = data.type ?? null;
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
      ...caseClocks(
        data,
        type ? processes.get(type) : undefined,
        firstAnswer(kase, index),
        now(),
        timeZone,
        calendars,
      ),
      ref: kase.ref,
    };
  });
}

/** The processes of cases, and the calendars that the deadlines of those still open name. */
async function definitionsOf(
  cases: StoredRecord<Case>[],
  root: string,
): Promise<{ processes: Map<string, Process | undefined>; calendars: Map<string, BusinessCalendar> }> {
  const typesOf = (some: StoredRecord<Case>[]) => new Set(some.flatMap(({ data }) => data.type ?? []));
  const processes = new Map([...typesOf(cases)].map((type) => [type, readProcess(root, type)]));
  const running = [...typesOf(cases.filter(({ data }) => isOpen(data.state)))];
  const deadlines = running.flatMap((type) => processes.get(type)?.deadlines ?? []);
  const calendars = await readCalendars(
    root,
    deadlines.flatMap(({ calendar }) => calendar ?? []),
  );
  return { processes, calendars };
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
