import { isOpen } from '../domain/cases/states.js';
import type { Promise_ } from '../domain/promises/promise.js';
import { promiseState } from '../domain/promises/state.js';
import { endOf } from '../domain/time/clock.js';
import type { StoredRecord } from '../workspace/records.js';
import type { Workspace } from '../workspace/workspace.js';
import { caseRows } from './report-cases.js';

/** Something that somebody has to do by a time. */
export interface DueRow {
  due: string;
  kind: 'promise' | 'case';
  what: string;
  /** The person it is for. */
  for: string | null;
  by: string | null;
  overdue: boolean;
  ref: string;
}

export interface DueFilter {
  /** Only what this member has to do. */
  by?: string;
  overdue?: boolean;
  /** Only what is due before this moment, epoch milliseconds. */
  before?: number;
}

/** Promises and case deadlines that are not met yet, the oldest first. */
export async function listDue(workspace: Workspace, filter: DueFilter): Promise<DueRow[]> {
  const index = await workspace.index();
  const { now, timeZone } = workspace.clock;
  const moment = now();
  const nameOf = (ref: string | undefined) => (ref ? (index.get(ref.slice(-10))?.title ?? ref) : null);
  const promises = (index.list({ kinds: ['promise'] }) as unknown as StoredRecord<Promise_>[]).flatMap(
    (promise): DueRow[] => {
      const state = promiseState(promise.data, moment, timeZone);
      if (promise.data.due === undefined || (state !== 'open' && state !== 'broken')) return [];
      return [
        {
          due: promise.data.due,
          kind: 'promise',
          what: promise.data.what,
          for: nameOf(promise.data.to),
          by: promise.data.by ?? null,
          overdue: state === 'broken',
          ref: promise.ref,
        },
      ];
    },
  );
  const open = index.list({ kinds: ['case'] }).filter((kase) => isOpen(kase.data.state));
  const cases = (await caseRows(open, index, workspace)).flatMap((kase): DueRow[] =>
    kase.due_at === null
      ? []
      : [
          {
            due: kase.due_at,
            kind: 'case',
            what: `${kase.due_for === 'first_response' ? 'answer' : 'resolve'}: ${kase.title}`,
            for: kase.contact_name,
            by: kase.owner,
            overdue: kase.overdue,
            ref: kase.ref,
          },
        ],
  );
  const time = (row: DueRow) => endOf(row.due, timeZone) ?? 0;
  return [...promises, ...cases]
    .filter((row) => filter.by === undefined || row.by === filter.by)
    .filter((row) => !filter.overdue || row.overdue)
    .filter((row) => filter.before === undefined || row.overdue || time(row) <= filter.before)
    .sort((a, b) => time(a) - time(b) || (a.ref < b.ref ? -1 : 1));
}
