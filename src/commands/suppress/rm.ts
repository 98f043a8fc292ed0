import { removeSuppression } from '../../actions/suppressions.js';
import type { Handler } from '../../cli/spec.js';

export const run: Handler = async (cli, [what], options) => {
  const removed = await cli.act((tools) =>
    removeSuppression(what as string, (options as { scope?: string }).scope, tools),
  );
  await cli.output.outcome(
    { address: what, removed: removed.map(({ ref }) => ref) },
    `${cli.dryRun ? 'would take' : 'took'} ${what as string} off the list`,
    removed.map(({ ref }) => ref).join('\n'),
  );
};
