import { promiseAccounts } from '../../actions/promise-accounts.js';
import type { Handler } from '../../cli/spec.js';
import type { PromiseAccount } from '../../domain/promises/account.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import type { StoredRecord } from '../../workspace/records.js';
import { type Row, shortTime, stem } from '../shared/columns.js';
import { asJson } from '../shared/list-records.js';
import { accountJson } from '../shared/promise-account.js';

export const run: Handler = async (cli, [words], options) => {
  const { state, all } = options as { state?: string; all?: boolean };
  const query = await cli.query(words as string[]);
  const workspace = await cli.workspace();
  const index = await workspace.index();
  const promises = index.list({ kinds: ['promise'], query });
  const accounts = await promiseAccounts(promises as unknown as StoredRecord<Promise_>[], workspace);
  const rows = promises
    .map(
      (promise, i): Row => ({
        ...asJson(promise),
        ...accountJson(accounts[i] as PromiseAccount, workspace.clock.timeZone),
      }),
    )
    .filter((row) =>
      state === undefined ? all || row.state === 'open' || row.state === 'broken' : row.state === state,
    )
    .sort((a, b) => (String(a.due ?? '9') < String(b.due ?? '9') ? -1 : 1));
  await cli.warnOfProblems();
  await cli.output.list(
    rows,
    [
      { key: 'id', style: 'cyan' },
      { key: 'due', show: (row) => shortTime(row.due) },
      { key: 'state', style: 'yellow', show: (row) => (row.kept_late ? 'kept late' : String(row.state)) },
      { key: 'what', style: 'bold', flex: true },
      { key: 'to', show: (row) => stem(row.to) },
      { key: 'by' },
      { key: 'proof_at', title: 'came back', optional: true, show: (row) => shortTime(row.proof_at) },
      { key: 'proof', hidden: true },
    ],
    state === undefined && query === undefined && !all ? 'no promise is open' : 'no promise matches',
  );
};
