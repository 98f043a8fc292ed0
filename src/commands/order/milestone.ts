import { type Milestone, reachMilestone } from '../../actions/orders/orders.js';
import type { Handler } from '../../cli/spec.js';
import type { StoredRecord } from '../../workspace/records.js';
import { asJson } from '../shared/list-records.js';

/** The handler of a verb that tells what happened to an order. */
export function milestone(key: Milestone): Handler {
  return async (cli, [which], options) => {
    const order = await cli.act((tools) => reachMilestone(which as string, key, options, tools));
    await cli.output.outcome(
      asJson(order as unknown as StoredRecord),
      `${cli.dryRun ? 'would be ' : ''}${key.replace('_at', '')}: order ${order.data.number} (${order.ref})`,
      order.ref,
    );
  };
}
