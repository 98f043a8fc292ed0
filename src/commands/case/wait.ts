import { waitInCase } from '../../actions/cases/move-case.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [which], options) => {
  const { on, why } = options as { on?: string; why?: string };
  const kase = await cli.act((tools) =>
    waitInCase(which as string, { ...(on ? { on } : {}), ...(why ? { why } : {}) }, tools),
  );
  const sentence = `${cli.dryRun ? 'would wait' : 'waiting'} for ${on ?? 'the customer'}: ${kase.title} (${kase.ref})`;
  await cli.output.outcome(asJson(kase), sentence, kase.ref);
};
