import { fileMessage } from '../../actions/inbox/file-message.js';
import type { Handler } from '../../cli/spec.js';
import type { Intent } from '../../domain/inbox/classification.js';

interface Options {
  contact?: string;
  newContact?: boolean;
  case?: string;
  intent?: Intent;
  text?: string;
}

export const run: Handler = async (cli, [which], options) => {
  const { contact, newContact, case: kase, intent, text } = options as Options;
  const input = { contact, newContact, case: kase, intent, text };
  const filed = await cli.act((tools) => fileMessage(String(which), input, tools));
  await cli.output.outcome(
    filed,
    `${cli.dryRun ? 'would file' : 'filed'} ${filed.id}: ${filed.why}`,
    filed.interaction ?? filed.id,
  );
};
