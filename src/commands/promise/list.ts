import type { Handler } from '../../cli/spec.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import { promiseState } from '../../domain/promises/state.js';
import { type Row, shortTime, stem } from '../shared/columns.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [words], options) => {
  const { state, all } = options as { state?: string; all?: boolean };
  const query = await cli.query(words as string[]);
  const workspace = await cli.workspace();
  const index = await workspace.index();
  const { now, timeZone } = workspace.clock;
  const rows = index
    .list({ kinds: ['promise'], query })
    .map(
      (promise): Row => ({
        ...asJson(promise),
        state: promiseState(promise.data as Promise_, now(), timeZone),
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
      { key: 'state', style: 'yellow' },
      { key: 'what', style: 'bold', flex: true },
      { key: 'to', show: (row) => stem(row.to) },
      { key: 'by' },
    ],
    'no promise is open',
  );
};
