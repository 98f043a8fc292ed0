import { assignCase } from '../../actions/cases/hand-over.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [which, to], options) => {
  const kase = await cli.act((tools) =>
    assignCase(which as string, to as string, (options as { why?: string }).why, tools),
  );
  const sentence = `${cli.dryRun ? 'would give' : 'gave'} ${kase.ref} to ${to as string}`;
  await cli.output.outcome(asJson(kase), sentence, kase.ref);
};
