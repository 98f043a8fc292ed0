import { addOrder, type OrderInput } from '../../actions/orders/orders.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [number, who], options) => {
  const { line, ...rest } = options as Omit<OrderInput, 'lines' | 'number' | 'who'> & { line?: string[] };
  const input = { ...rest, number: number as string, who: who as string, ...(line ? { lines: line } : {}) };
  const order = await cli.act((tools) => addOrder(input, tools));
  const { promised_by } = order.data;
  await cli.output.outcome(
    asJson({ ...order, title: '', at: null }),
    `${cli.dryRun ? 'would add' : 'added'}: order ${input.number}${promised_by ? `, promised by ${String(promised_by)}` : ''} (${order.ref})`,
    order.ref,
  );
};
