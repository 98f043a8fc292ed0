import { linkCase } from '../../actions/cases/link-case.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [which, others], options) => {
  const corrective = (options as { correctiveAction?: boolean }).correctiveAction === true;
  const { kase, linked } = await cli.act((tools) =>
    linkCase(which as string, others as string[], { corrective }, tools),
  );
  await cli.output.outcome(
    { ...asJson(kase), linked: linked.map(({ ref }) => ref) },
    `${cli.dryRun ? 'would tie' : 'tied'} ${linked.map(({ ref }) => ref).join(', ')} to ${kase.title} (${kase.ref})`,
    kase.ref,
  );
};
