import type { Grouped } from '../../domain/reports/group.js';
import {
  type CountedContact,
  type PersonalTally,
  tallyPersonal,
} from '../../domain/reports/tally-personal.js';
import { Months } from '../../domain/time/months.js';
import type { Period } from '../../domain/time/period.js';
import type { Index } from '../../workspace/index/index.js';
import type { Workspace } from '../../workspace/workspace.js';
import { campaignSends } from './campaign-sends.js';
import { type AlikeContacts, contactsOfPeriod, maxTime } from './contacts-of-period.js';
import { customersOf } from './customers.js';
import { officeOf } from './offices.js';

/**
 * How much of what passed with customers was from person to person, and how much went out by itself.
 * @param groupBy office, customer or month
 * @param warn told of sends that cannot be read
 */
export async function reportPersonal(
  workspace: Workspace,
  period: Period,
  groupBy: string,
  warn: (message: string) => void,
): Promise<{ groups: Grouped<PersonalTally & { name?: string }>[]; total: PersonalTally }> {
  const index = await workspace.index();
  const sends = await campaignSends(workspace, period, warn);
  if (groupBy === 'customer') return byCustomer(index, period, sends);
  const months = new Months(workspace.clock.timeZone);
  const office = officeOf(workspace.config);
  const contacts =
    groupBy === 'month'
      ? inMonths(index, months, period)
      : contactsOfPeriod(index, period).map((some) => ({ ...some, group: office(some.by) }));
  const sent = sends.flatMap((campaign) =>
    campaign.messages.map(
      ({ at }): CountedContact => ({
        group: groupBy === 'month' ? months.of(at) : campaign.office,
        count: 1,
        sends: true,
      }),
    ),
  );
  return tallyPersonal([...contacts, ...sent]);
}

/** Those with the least from person to person first. */
function byCustomer(
  index: Index,
  period: Period,
  sends: Awaited<ReturnType<typeof campaignSends>>,
): { groups: Grouped<PersonalTally & { name?: string }>[]; total: PersonalTally } {
  const contacts = contactsOfPeriod(index, period, 'customer');
  const messages = sends.flatMap((campaign) => campaign.messages);
  const customer = customersOf(index, [
    ...contacts.flatMap((some) => some.about ?? []),
    ...messages.map(({ contact }) => contact),
  ]);
  const { groups, total } = tallyPersonal([
    ...contacts.map((some) => ({
      ...some,
      group: some.about === null ? null : customer(some.about).ref,
    })),
    ...messages.map(
      ({ contact }): CountedContact => ({ group: customer(contact).ref, count: 1, sends: true }),
    ),
  ]);
  const named = groups.map((row) => (row.group === null ? row : { ...row, name: customer(row.group).name }));
  named.sort((a, b) => (a.share_personal ?? 2) - (b.share_personal ?? 2) || b.automated - a.automated);
  return { groups: named, total };
}

/** Counts month by month: each is a stretch of the index, so that all of them cost no more than one question. */
function inMonths(index: Index, months: Months, period: Period): (AlikeContacts & { group: string })[] {
  const following = index.db.prepare(
    "select min(at) as at from records where kind = 'interaction' and data is not null and at >= ?",
  );
  const next = (from: number) => (following.get(from) as { at: number | null }).at;
  const counted: (AlikeContacts & { group: string })[] = [];
  const { until } = period;
  let at = next(period.since ?? -maxTime);
  // From month to month in which there is something: a slip may lie thousands of them away.
  while (at !== null && (until === null || at < until)) {
    const { month, ...whole } = months.around(at);
    const slice = { since: at, until: until === null ? whole.until : Math.min(until, whole.until) };
    counted.push(...contactsOfPeriod(index, slice).map((some) => ({ ...some, group: month })));
    at = next(slice.until);
  }
  return counted;
}
