import type { Case } from '../../domain/cases/case.js';
import { caseEvents } from '../../domain/cases/events.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import type { Grouped } from '../../domain/reports/group.js';
import { type Activity, tallyActivity } from '../../domain/reports/tally-activity.js';
import { type BoundedPeriod, isWithin } from '../../domain/time/period.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { campaignSends } from './campaign-sends.js';
import { contactsOfPeriod } from './contacts-of-period.js';
import { officeOf } from './offices.js';
import { touchedIn } from './touched-in.js';

/**
 * What everybody did in a period.
 * @param groupBy office or member
 * @param warn told of sends that cannot be read
 */
export async function reportActivity(
  workspace: Workspace,
  period: BoundedPeriod,
  groupBy: string,
  warn: (message: string) => void,
): Promise<Grouped<Activity>[]> {
  const index = await workspace.index();
  const office = officeOf(workspace.config);
  const groupOf = (member: string | null | undefined) =>
    groupBy === 'office' ? office(member) : (member ?? null);
  const cases = touchedIn(index, 'case', period) as unknown as StoredRecord<Case>[];
  const promises = touchedIn(index, 'promise', period).map(({ data }) => data as Promise_);
  const sends = await campaignSends(workspace, period, warn);
  return tallyActivity(
    {
      contacts: contactsOfPeriod(index, period).map((some) => ({ ...some, group: groupOf(some.by) })),
      cases: cases.map(({ ref, data }) => ({ ref, title: data.title, events: caseEvents(data) })),
      groupOf,
      promises: promises.flatMap(({ by, made_at, kept_at }) => {
        const group = groupOf(by);
        const done = (at: string | undefined) => at !== undefined && isWithin(period, Date.parse(at));
        return [
          ...(done(made_at) ? [{ group, what: 'made' as const }] : []),
          ...(done(kept_at) ? [{ group, what: 'kept' as const }] : []),
        ];
      }),
      sends: sends.map(({ ref, title, office: of, by, messages }) => ({
        group: groupBy === 'office' ? of : by,
        ref,
        title,
        messages: messages.length,
      })),
    },
    period,
  );
}
