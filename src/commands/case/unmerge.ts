import { unmergeCase } from '../../actions/cases/merge-case.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [which], options) => {
  const kase = await cli.act((tools) =>
    unmergeCase(which as string, (options as { why?: string }).why, tools),
  );
  const sentence = `${cli.dryRun ? 'would stand' : 'stands'} again as ${kase.data.state}: ${kase.title} (${kase.ref})`;
  await cli.output.outcome(asJson(kase), sentence, kase.ref);
};
