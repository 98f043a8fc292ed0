import { fileMessage } from '../../actions/inbox/file-message.js';
import type { Handler } from '../../cli/spec.js';
import type { Intent } from '../../domain/inbox/classification.js';

interface Options {
  contact?: string;
  newContact?: boolean;
  case?: string;
  intent?: Intent;
  text?: string;
  unsubscribe?: boolean;
  sent?: boolean;
}

export const run: Handler = async (cli, [which], options) => {
  const { case: kase, ...others } = options as Options;
  const input = { ...others, case: kase };
  const filed = await cli.act((tools) => fileMessage(String(which), input, tools));
  await cli.output.outcome(
    filed,
    `${cli.dryRun ? 'would file' : 'filed'} ${filed.id}: ${filed.why}`,
    filed.interaction ?? filed.id,
  );
};
