import { mergeCase } from '../../actions/cases/merge-case.js';
import type { Handler } from '../../cli/spec.js';

export const run: Handler = async (cli, [which, into], options) => {
  const { merged, survivor } = await cli.act((tools) =>
    mergeCase(which as string, into as string, (options as { why?: string }).why, tools),
  );
  await cli.output.outcome(
    { survivor: survivor.ref, merged: merged.ref },
    `${cli.dryRun ? 'would merge' : 'merged'} ${merged.ref} into ${survivor.ref}`,
    survivor.ref,
  );
};
