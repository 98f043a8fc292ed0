import { teachInbox } from '../../actions/inbox/decide.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { intents } from '../../domain/inbox/classification.js';

export const run: Handler = async (cli, [name, ...rest]) => {
  const intent = intents.find((one) => one === name);
  if (!intent)
    throw new ItacaError('usage', `"${name}" is nothing that a message wants`, {
      hint: `one of: ${intents.join(', ')}`,
    });
  const which = rest.flat().filter((one) => one !== undefined);
  const found = await cli.act((tools) => teachInbox(which, intent, tools));
  const ids = found.map(({ received }) => received.message);
  const verb = cli.dryRun ? 'would teach' : 'taught';
  await cli.output.outcome(
    { taught: ids, intent },
    `${verb} ${intent}: ${ids.join(', ')}; what waits still waits: itaca inbox file <message>`,
    ids.join('\n'),
  );
};
