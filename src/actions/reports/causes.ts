import type { Case } from '../../domain/cases/case.js';
import { caseEvents, endedAt } from '../../domain/cases/events.js';
import { type EndedCase, tallyCauses } from '../../domain/reports/tally-causes.js';
import { Months } from '../../domain/time/months.js';
import { isWithin, type Period } from '../../domain/time/period.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { officeOf } from './offices.js';

/**
 * What the cases that were solved in a period came from: those that stand as resolved or closed, by when they last ended.
 * @param groupBy cause, office, owner, type or month
 */
export async function reportCauses(workspace: Workspace, period: Period, groupBy: string) {
  const index = await workspace.index();
  const months = new Months(workspace.clock.timeZone);
  const office = officeOf(workspace.config);
  const keys: Record<string, (data: Case, month: string) => string | null> = {
    cause: ({ cause }) => cause ?? null,
    office: (data) => data.office ?? office(data.owner),
    owner: ({ owner }) => owner ?? null,
    type: ({ type }) => type ?? null,
    month: (_, month) => month,
  };
  const records = index.select(
    `r.kind = 'case' and json_extract(r.data, '$.state') in ('resolved', 'closed') order by r.at, r.path`,
    [],
  ) as unknown as StoredRecord<Case>[];
  const ended = records.flatMap(({ ref, data }): (EndedCase & { at: number })[] => {
    const at = endedAt(data);
    if (Number.isNaN(at) || !isWithin(period, at)) return [];
    const month = months.of(at);
    return [
      {
        ref,
        at,
        month,
        group: keys[groupBy]?.(data, month) ?? null,
        cost: data.remedy?.cost,
        confirmed: data.confirmed_by_customer !== undefined,
        reopened: caseEvents(data).some(({ kind }) => kind === 'reopened'),
      },
    ];
  });
  const spanned = months.spanned(ended);
  return { ...tallyCauses(ended, spanned), months: spanned };
}
