import { moveDeal } from '../../actions/deals/move-deal.js';
import type { Cli } from '../../cli/context.js';
import { asJson } from '../shared/list-records.js';

interface Options {
  why?: string;
  reason?: string;
  value?: string;
}

/** Moves a deal and says where it stands, and who became a customer by it. */
export async function moveTo(cli: Cli, which: string, stage: string, options: Options): Promise<void> {
  const { deal, customer } = await cli.act((tools) => moveDeal(which, stage, options, tools));
  const came = customer
    ? `; ${customer.ref} ${cli.dryRun ? 'would become' : 'became'} a customer${customer.was ? ` (was ${customer.was})` : ''}`
    : '';
  await cli.output.outcome(
    { ...asJson(deal), ...(customer ? { customer } : {}) },
    `${cli.dryRun ? 'would be ' : ''}${stage}: ${deal.title} (${deal.ref})${came}`,
    deal.ref,
  );
}
