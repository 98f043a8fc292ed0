import { listDeals } from '../../actions/deals/list-deals.js';
import type { Handler } from '../../cli/spec.js';
import { dealColumns } from '../shared/deal-columns.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [words], options) => {
  const query = await cli.query(words as string[]);
  const all = (options as { all?: boolean }).all === true;
  const deals = await listDeals(await cli.workspace(), query, all);
  await cli.warnOfProblems();
  await cli.output.list(
    deals.map(({ record, row }) => ({ ...asJson(record), ...row })),
    dealColumns,
    query === undefined && !all ? 'no deal is under way' : 'no deal matches',
  );
};
