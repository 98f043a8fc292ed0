import { dismissMessages } from '../../actions/inbox/decide.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';

export const run: Handler = async (cli, args, options) => {
  const { why } = options as { why?: string };
  if (why === undefined || why.trim() === '')
    throw new ItacaError('usage', 'say why nothing follows from it', {
      hint: 'itaca inbox dismiss <message> --why "advertising"',
    });
  const which = args.flat().filter((one) => one !== undefined);
  const found = await cli.act(async (tools) => {
    if (which.length >= 3) await tools.confirm(`Dismiss ${which.length} messages?`);
    return dismissMessages(which, why, tools);
  });
  const ids = found.map(({ received }) => received.message);
  const verb = cli.dryRun ? 'would dismiss' : 'dismissed';
  await cli.output.outcome({ dismissed: ids, why }, `${verb} ${ids.join(', ')}: ${why}`, ids.join('\n'));
};
