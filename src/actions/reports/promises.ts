import type { PromiseAccount } from '../../domain/promises/account.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import { type Grouped, groupsOf } from '../../domain/reports/group.js';
import { type PromiseTally, tallyPromises } from '../../domain/reports/tally-promises.js';
import { isoInstant, startOf } from '../../domain/time/clock.js';
import { Months } from '../../domain/time/months.js';
import { isWithin, type Period } from '../../domain/time/period.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { promiseAccounts } from '../promise-accounts.js';
import { customersOf } from './customers.js';
import { officeOf } from './offices.js';

/** A promise that was not kept when it was due, with what proves it. */
export interface BrokenPromise {
  id: string;
  ref: string;
  what: string;
  state: string;
  by: string | null;
  to: string | null;
  name: string | null;
  due: string;
  kept_at: string | null;
  /** Reference of the first interaction in which the customer came back for it; null where he did not. */
  proof: string | null;
  /** When that was, ISO 8601 with the offset of the zone. */
  proof_at: string | null;
}

export interface PromiseReport {
  groups: Grouped<PromiseTally & { name?: string }>[];
  total: PromiseTally;
  /** Broken, and kept too late; those due first come first. */
  broken: BrokenPromise[];
}

/**
 * What became of the promises that were made in a period.
 * @param groupBy member, office, month (in which it was made) or customer
 */
export async function reportPromises(
  workspace: Workspace,
  period: Period,
  groupBy: string,
): Promise<PromiseReport> {
  const index = await workspace.index();
  const { timeZone } = workspace.clock;
  const promises = (index.list({ kinds: ['promise'] }) as unknown as StoredRecord<Promise_>[]).filter(
    (promise) => isWithin(period, madeAt(promise, timeZone)),
  );
  const accounts = await promiseAccounts(promises, workspace);
  const customer = customersOf(
    index,
    promises.flatMap(({ data }) => data.to ?? []),
  );
  const office = officeOf(workspace.config);
  const months = new Months(timeZone);
  const keys: Record<string, (promise: StoredRecord<Promise_>) => string | null> = {
    member: ({ data }) => data.by ?? null,
    office: ({ data }) => office(data.by),
    customer: ({ data }) => (data.to === undefined ? null : customer(data.to).ref),
    month: (promise) => {
      const at = madeAt(promise, timeZone);
      return at === undefined ? null : months.of(at);
    },
  };
  const judged = promises.map((promise, i) => ({ promise, account: accounts[i] as PromiseAccount }));
  const groups = groupsOf(judged, ({ promise }) => keys[groupBy]?.(promise)).map(({ group, items }) => ({
    group,
    ...(groupBy === 'customer' && group !== null ? { name: customer(group).name } : {}),
    ...tallyPromises(items.map(({ account }) => account)),
  }));
  const broken = judged
    .filter(({ account }) => account.state === 'broken' || account.late)
    .map(({ promise: { id, ref, data }, account }): BrokenPromise => {
      const { state, proof } = account;
      return {
        id,
        ref,
        what: data.what,
        state,
        by: data.by ?? null,
        to: data.to ?? null,
        name: data.to === undefined ? null : customer(data.to).name,
        due: data.due ?? '',
        kept_at: data.kept_at ?? null,
        proof: proof?.ref ?? null,
        proof_at: proof ? isoInstant(proof.at, timeZone) : null,
      };
    })
    .sort((a, b) => (a.due === b.due ? (a.id < b.id ? -1 : 1) : a.due < b.due ? -1 : 1));
  return { groups, total: tallyPromises(accounts), broken };
}

/** When a promise was made; one that does not say so counts when it was due. */
function madeAt({ data }: StoredRecord<Promise_>, timeZone: string): number | undefined {
  const at = data.made_at ?? data.due;
  return at === undefined ? undefined : startOf(at, timeZone);
}
