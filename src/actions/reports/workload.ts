import type { Case } from '../../domain/cases/case.js';
import { caseEvents } from '../../domain/cases/events.js';
import { isOpen, openStates } from '../../domain/cases/states.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import { promiseState } from '../../domain/promises/state.js';
import type { Kind } from '../../domain/records/kind-names.js';
import type { Grouped } from '../../domain/reports/group.js';
import { type Flow, tallyFlows } from '../../domain/reports/tally-flows.js';
import { tallyWorkload, type Workload, type WorkloadFacts } from '../../domain/reports/tally-workload.js';
import { endOf } from '../../domain/time/clock.js';
import type { BoundedPeriod } from '../../domain/time/period.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { caseRows } from '../report-cases.js';
import { type AboutKey, contactsOfPeriod } from './contacts-of-period.js';
import { customersOf } from './customers.js';
import { namesOf, officeOf } from './offices.js';
import { touchedIn } from './touched-in.js';

/** The open states, as a list in SQL. */
const asked = openStates.map((state) => `'${state}'`).join(', ');

/**
 * Who has what to do now, what came and went in a period, and who makes work for whom.
 * @param groupBy member or office; or what the work is about: customer, case or campaign
 */
export async function reportWorkload(
  workspace: Workspace,
  period: BoundedPeriod,
  groupBy: string,
): Promise<{ groups: Grouped<Workload & { name?: string }>[]; flows: Flow[] }> {
  const index = await workspace.index();
  const { timeZone } = workspace.clock;
  const now = workspace.clock.now();
  const office = officeOf(workspace.config);
  const about = aboutKeys.find((key) => key === groupBy);
  const nameOf = (member: string | null | undefined) =>
    groupBy === 'office' ? office(member) : (member ?? null);
  const groupOf = (id: string, data: Partial<Case>): string | null => {
    if (about === 'customer') return data.contact ?? data.company ?? null;
    if (about !== undefined) return about === 'case' ? id : null;
    return groupBy === 'office' ? (data.office ?? office(data.owner)) : (data.owner ?? null);
  };
  const groupOfPromise = ({ by, to, case: kase }: Promise_): string | null => {
    if (about === undefined) return nameOf(by);
    return (about === 'customer' ? to : about === 'case' ? kase : null) ?? null;
  };

  const records = touchedIn(index, 'case', period, `json_extract(r.data, '$.state') in (${asked})`);
  const open = records.filter(({ data }) => isOpen(data.state));
  const clocks = await caseRows(open, index, workspace);
  const overdue = new Set(clocks.filter((clock) => clock.overdue).map(({ id }) => id));
  const cases = (records as unknown as StoredRecord<Case>[]).map(({ id, data }) => ({
    group: groupOf(id, data),
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
  const facts: WorkloadFacts = {
    cases,
    promises: promises.map((promise) => ({
      group: groupOfPromise(promise),
      minutes: promise.minutes ?? 0,
      overdue: promiseState(promise, now, timeZone) === 'broken',
    })),
    deadlines: [
      ...clocks.flatMap(({ due_at }, position) =>
        due_at === null
          ? []
          : [
              {
                group: groupOf(open[position]?.id ?? '', open[position]?.data ?? {}),
                at: Date.parse(due_at),
              },
            ],
      ),
      ...promises.flatMap((promise) => {
        const at = promise.due === undefined ? undefined : endOf(promise.due, timeZone);
        return at === undefined ? [] : [{ group: groupOfPromise(promise), at }];
      }),
    ],
    contacts: contactsOfPeriod(index, period, about).map(({ by, about: id, direction, count, minutes }) => ({
      group: about === undefined ? nameOf(by) : id,
      inbound: direction === 'inbound' ? count : 0,
      minutes,
    })),
    names: namesOf(workspace.config, groupBy),
  };
  if (about !== undefined) {
    const { facts: meant, names } = named(about, facts, index);
    const rows = tallyWorkload(meant, period, now).filter(({ group }) => group !== null);
    rows.sort((a, b) => b.minutes - a.minutes || b.open_cases - a.open_cases || b.inbound - a.inbound);
    const groups = rows.map((row) => ({ ...row, name: names.get(row.group as string) ?? '' }));
    return { groups, flows: tallyFlows(cases, period, (member) => member ?? null) };
  }
  const groups = tallyWorkload(facts, period, now);
  return { groups, flows: tallyFlows(cases, period, nameOf) };
}

/** What work may be about. */
const aboutKeys: readonly AboutKey[] = ['customer', 'case', 'campaign'];
const kindsOf: Record<AboutKey, readonly Kind[]> = {
  customer: ['contact', 'company'],
  case: ['case'],
  campaign: ['campaign'],
};

/** The facts with each reference as the record it means, by its reference, and what that is called. */
function named(about: AboutKey, facts: WorkloadFacts, index: Index) {
  const all = [...facts.cases, ...facts.promises, ...facts.deadlines, ...facts.contacts];
  const meant = customersOf(
    index,
    all.flatMap(({ group }) => group ?? []),
    kindsOf[about],
  );
  const own = <T extends { group: string | null }>(some: Iterable<T>): T[] =>
    [...some].map((one) => ({ ...one, group: one.group === null ? null : meant(one.group).ref }));
  const names = new Map(
    all.flatMap(({ group }) => {
      if (group === null) return [];
      const { ref, name } = meant(group);
      return [[ref, name] as const];
    }),
  );
  const { cases, promises, deadlines, contacts } = facts;
  return {
    facts: {
      ...facts,
      cases: own(cases),
      promises: own(promises),
      deadlines: own(deadlines),
      contacts: own(contacts),
    },
    names,
  };
}
