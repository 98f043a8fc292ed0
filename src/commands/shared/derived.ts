import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promiseAccounts } from '../../actions/promise-accounts.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import { isOpen } from '../../domain/cases/states.js';
import type { PromiseAccount } from '../../domain/promises/account.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Row } from './columns.js';
import { openCaseLine } from './open-cases.js';
import { accountJson } from './promise-account.js';

/** What is derived of a record and not stored in it. */
export interface Derived {
  /** Beside its keys in `--json`. */
  row: Row;
  /** What of it people see among the keys. */
  keys?: Row;
  /** What people see below them. */
  lines: string[];
}

type Naming = readonly Pick<StoredRecord, 'id' | 'title' | 'data'>[];

/**
 * Of a promise whether it was kept, and what proves that it was not; of a person the sequences he is in; of a deal how
 * long it has stood where it stands; of a firm those above and below it, and its people. Of all of them the open cases:
 * whoever is about to sell sees these first.
 * @param cases that name the record
 */
export async function derivedOf(cli: Cli, record: StoredRecord, cases: Naming): Promise<Derived> {
  const open = openCaseLines(
    cli,
    cases.filter(({ data }) => isOpen(data.state)),
  );
  switch (record.kind) {
    case 'promise':
      return { ...(await ofPromise(cli, record)), lines: open };
    case 'contact':
      return { ...(await ofContact(cli, record)), lines: open };
    case 'deal':
      return ofDeal(cli, record);
    case 'company': {
      const [{ viewCompany }, { companyLines }] = await Promise.all([
        import('../../actions/company-view.js'),
        import('./company-details.js'),
      ]);
      const view = viewCompany(record.id, await (await cli.workspace()).index());
      return { row: { ...view }, lines: [...open, ...companyLines(cli, view)] };
    }
    default:
      return { row: {}, lines: open };
  }
}

async function ofPromise(cli: Cli, record: StoredRecord): Promise<Pick<Derived, 'row' | 'keys'>> {
  const workspace = await cli.workspace();
  const [account] = await promiseAccounts([record as unknown as StoredRecord<Promise_>], workspace);
  const row: Row = accountJson(account as PromiseAccount, workspace.clock.timeZone);
  return { row, keys: told(row) };
}

async function ofContact(cli: Cli, { id }: StoredRecord): Promise<Pick<Derived, 'row' | 'keys'>> {
  const workspace = await cli.workspace();
  if (!existsSync(join(workspace.root, 'sequences'))) return { row: {} };
  const { sequencesOf } = await import('../../actions/sequence/list-enrolments.js');
  const sequences = await sequencesOf(workspace, id, (message) => cli.warn(message));
  const row: Row = sequences.length > 0 ? { sequences } : {};
  return { row, keys: row };
}

async function ofDeal(cli: Cli, record: StoredRecord): Promise<Derived> {
  const workspace = await cli.workspace();
  const [{ openCasesAround }, { dealStanding }] = await Promise.all([
    import('../../actions/deals/open-cases.js'),
    import('../../actions/deals/list-deals.js'),
  ]);
  const cases = openCasesAround(record.data, await workspace.index());
  const standing = dealStanding(record, workspace);
  const lines = openCaseLines(cli, cases);
  return {
    row: { ...standing, open_cases: cases.map(({ ref }) => ref) },
    keys: told({ ...standing }),
    lines,
  };
}

function openCaseLines(cli: Cli, cases: Naming): string[] {
  return cases.map((kase) => cli.io.color.red(`  ${printable(openCaseLine(kase))}`));
}

function told(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== false));
}
