import { type DealInput, openDeal } from '../../actions/deals/open-deal.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';
import { tellOpenCases } from '../shared/open-cases.js';

export const run: Handler = async (cli, [title], options) => {
  const given = options as Omit<DealInput, 'title'>;
  const { deal, cases } = await cli.act((tools) => openDeal({ ...given, title: title as string }, tools));
  tellOpenCases(cli, cases);
  await cli.output.outcome(
    {
      ...asJson({ ...deal, title: title as string, at: null }),
      ...(cases.length > 0 ? { open_cases: cases.map(({ ref }) => ref) } : {}),
    },
    `${cli.dryRun ? 'would open' : 'opened'} ${deal.ref}`,
    deal.ref,
  );
};
