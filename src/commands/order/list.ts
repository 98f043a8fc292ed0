import { orderRow } from '../../actions/orders/order-row.js';
import type { Handler } from '../../cli/spec.js';
import { idColumn, type Row, shortTime } from '../shared/columns.js';
import { asJson } from '../shared/list-records.js';

const ended = new Set<unknown>(['delivered', 'cancelled']);

export const run: Handler = async (cli, [words], options) => {
  const { late, all } = options as { late?: boolean; all?: boolean };
  const query = await cli.query(words as string[]);
  const workspace = await cli.workspace();
  const index = await workspace.index();
  const rows = index
    .list({ kinds: ['order'], query })
    .map((order): Row => ({ ...asJson(order), ...orderRow(order, index, workspace) }))
    .filter(({ state }) => (late ? state === 'late' : all || query !== undefined || !ended.has(state)));
  if (late) rows.sort((a, b) => Number(b.days_late) - Number(a.days_late));
  await cli.warnOfProblems();
  await cli.output.list(
    rows,
    [
      idColumn,
      { key: 'number', style: 'bold' },
      { key: 'party', title: 'who', flex: true },
      { key: 'placed_at', title: 'placed', show: (row) => shortTime(row.placed_at) },
      { key: 'promised_by', title: 'promised', show: (row) => shortTime(row.promised_by) },
      { key: 'state', style: 'yellow' },
      { key: 'days_late', title: 'days late', style: 'red' },
    ],
    late ? 'no order is late' : 'no order matches',
  );
};
