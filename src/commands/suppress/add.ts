import { addSuppression, type SuppressionInput } from '../../actions/suppressions.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [what], options) => {
  const input = { ...(options as unknown as Omit<SuppressionInput, 'what'>), what: what as string };
  const { suppression, added } = await cli.act((tools) => addSuppression(input, tools));
  const sentence = added
    ? `${cli.dryRun ? 'would suppress' : 'suppressed'} ${what as string}`
    : `${what as string} is suppressed already (${suppression.ref})`;
  await cli.output.outcome(
    { ...asJson({ title: '', at: null, ...suppression }), added },
    sentence,
    suppression.ref,
  );
};
