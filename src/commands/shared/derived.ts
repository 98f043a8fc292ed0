import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promiseAccounts } from '../../actions/promise-accounts.js';
import type { Cli } from '../../cli/context.js';
import { type Progress, progressText } from '../../domain/agreements/commitment.js';
import type { PromiseAccount } from '../../domain/promises/account.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { Row } from './columns.js';
import { accountJson } from './promise-account.js';

/**
 * What is derived of a record and not stored in it: whether a promise was kept, and what proves that it was not; the
 * sequences that a person is in, and his agreements; how an agreement stands; how far an order has come.
 */
export async function derivedOf(cli: Cli, workspace: Workspace, record: StoredRecord): Promise<Row> {
  switch (record.kind) {
    case 'contact':
      return {
        ...(await sequencesOf(cli, workspace, record)),
        ...(await agreementsOf(workspace, record)),
      };
    case 'promise': {
      const [account] = await promiseAccounts([record as unknown as StoredRecord<Promise_>], workspace);
      return accountJson(account as PromiseAccount, workspace.clock.timeZone);
    }
    case 'agreement': {
      const { viewOf } = await import('../../actions/agreements/agreement-view.js');
      return { ...(await viewOf(record, workspace)) };
    }
    case 'order': {
      const { orderRow } = await import('../../actions/orders/order-row.js');
      return { ...orderRow(record, await workspace.index(), workspace) };
    }
    default:
      return {};
  }
}

/** What is derived as a page shows it: without what is not so, and in words. */
export function forPeople(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null && value !== false)
      .map(([key, value]) => [key, key === 'agreements' ? (value as Row[]).map(words) : worded(key, value)]),
  );
}

function words({ number, ref, state, ends_on, end, progress }: Row): string {
  const until = ends_on ?? end;
  return [
    `${String(number ?? ref)}: ${String(state).replaceAll('_', ' ')}`,
    ...(until ? [`until ${String(until)}`] : []),
    ...(progress ? [String(worded('progress', progress))] : []),
  ].join(', ');
}

function worded(key: string, value: unknown): unknown {
  return key === 'progress' ? progressText(value as Progress) : value;
}

async function sequencesOf(cli: Cli, workspace: Workspace, { id }: StoredRecord): Promise<Row> {
  if (!existsSync(join(workspace.root, 'sequences'))) return {};
  const { sequencesOf: listed } = await import('../../actions/sequence/list-enrolments.js');
  const sequences = await listed(workspace, id, (message) => cli.warn(message));
  return sequences.length > 0 ? { sequences } : {};
}

/** The agreements of a person that have not ended. */
async function agreementsOf(workspace: Workspace, { id }: StoredRecord): Promise<Row> {
  const found = (await workspace.index()).naming(id, ['agreement']);
  const lasting = found.filter(({ data }) => data.state !== 'terminated' && data.state !== 'expired');
  if (lasting.length === 0) return {};
  const { viewOf } = await import('../../actions/agreements/agreement-view.js');
  const agreements = await Promise.all(
    lasting.map(async (one): Promise<Row> => {
      const { progress, ends_on } = await viewOf(one, workspace);
      const { number, state, end } = one.data;
      return { ref: one.ref, number, state, end, ends_on, progress };
    }),
  );
  return { agreements };
}
