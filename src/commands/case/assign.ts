import { assignCase } from '../../actions/cases.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [which, member], options) => {
  const kase = await cli.act((tools) =>
    assignCase(which as string, member as string, (options as { why?: string }).why, tools),
  );
  const sentence = `${cli.dryRun ? 'would give' : 'gave'} ${kase.ref} to ${member as string}`;
  await cli.output.outcome(asJson(kase), sentence, kase.ref);
};
