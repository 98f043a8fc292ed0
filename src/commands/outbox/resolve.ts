import { resolveFlush } from '../../actions/outbox/resolve-flush.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';

export const run: Handler = async (cli, [which], options) => {
  const { sent, notSent, why } = options as { sent?: boolean; notSent?: boolean; why?: string };
  const tools = await cli.tools();
  if (sent === notSent) {
    throw new ItacaError('usage', 'say either --sent or --not-sent', {
      hint: 'itaca outbox resolve mario@example.it --sent',
    });
  }
  const decision = { sent: sent === true, environment: cli.env, ...(why === undefined ? {} : { why }) };
  const messages = await resolveFlush(which as string[], decision, tools);
  const verb = cli.dryRun ? 'would be put down' : 'put down';
  await cli.output.outcome(
    { decided: sent ? 'sent' : 'not_sent', messages },
    `${verb}: ${messages.length} as ${sent ? 'sent' : 'not sent'}`,
    messages.map(({ message_id }) => message_id).join('\n'),
  );
};
