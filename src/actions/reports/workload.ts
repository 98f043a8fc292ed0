import type { Case } from '../../domain/cases/case.js';
import { caseEvents } from '../../domain/cases/events.js';
import { isOpen, openStates } from '../../domain/cases/states.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import { promiseState } from '../../domain/promises/state.js';
import type { Grouped } from '../../domain/reports/group.js';
import { type Flow, tallyFlows } from '../../domain/reports/tally-flows.js';
import { tallyWorkload, type Workload } from '../../domain/reports/tally-workload.js';
import { endOf } from '../../domain/time/clock.js';
import type { BoundedPeriod } from '../../domain/time/period.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { caseRows } from '../report-cases.js';
import { contactsOfPeriod } from './contacts-of-period.js';
import { namesOf, officeOf } from './offices.js';
import { touchedIn } from './touched-in.js';

/** The open states, as a list in SQL. */
const asked = openStates.map((state) => `'${state}'`).join(', ');

/**
 * Who has what to do now, what came and went in a period, and who makes work for whom.
 * @param groupBy member or office
 */
export async function reportWorkload(
  workspace: Workspace,
  period: BoundedPeriod,
  groupBy: string,
): Promise<{ groups: Grouped<Workload>[]; flows: Flow[] }> {
  const index = await workspace.index();
  const { timeZone } = workspace.clock;
  const now = workspace.clock.now();
  const office = officeOf(workspace.config);
  const nameOf = (member: string | null | undefined) =>
    groupBy === 'office' ? office(member) : (member ?? null);
  const groupOf = ({
    owner,
    office: answering,
  }: {
    owner?: string | undefined;
    office?: string | undefined;
  }) => (groupBy === 'office' ? (answering ?? office(owner)) : (owner ?? null));

  const records = touchedIn(index, 'case', period, `json_extract(r.data, '$.state') in (${asked})`);
  const open = records.filter(({ data }) => isOpen(data.state));
  const clocks = await caseRows(open, index, workspace);
  const overdue = new Set(clocks.filter((clock) => clock.overdue).map(({ id }) => id));
  const cases = (records as unknown as StoredRecord<Case>[]).map(({ id, data }) => ({
    group: groupOf(data),
    owner: data.owner ?? null,
    open: isOpen(data.state),
    overdue: overdue.has(id),
    events: caseEvents(data),
  }));
  const promises = index
    .select(
      `r.kind = 'promise' and coalesce(json_extract(r.data, '$.kept_at'), json_extract(r.data, '$.kept_in'),
         json_extract(r.data, '$.cancelled_at')) is null order by r.path`,
      [],
    )
    .map(({ data }) => data as Promise_);
  const groups = tallyWorkload(
    {
      cases,
      promises: promises.map((promise) => ({
        group: nameOf(promise.by),
        overdue: promiseState(promise, now, timeZone) === 'broken',
      })),
      deadlines: [
        ...clocks.flatMap(({ due_at, owner, office: answering }) =>
          due_at === null
            ? []
            : [
                {
                  group: groupOf({ owner: owner ?? undefined, office: answering ?? undefined }),
                  at: Date.parse(due_at),
                },
              ],
        ),
        ...promises.flatMap(({ by, due }) => {
          const at = due === undefined ? undefined : endOf(due, timeZone);
          return at === undefined ? [] : [{ group: nameOf(by), at }];
        }),
      ],
      contacts: contactsOfPeriod(index, period).map(({ by, direction, count, minutes }) => ({
        group: nameOf(by),
        inbound: direction === 'inbound' ? count : 0,
        minutes,
      })),
      names: namesOf(workspace.config, groupBy),
    },
    period,
    now,
  );
  return { groups, flows: tallyFlows(cases, period, nameOf) };
}
