import { testCampaign } from '../../actions/campaign/test-campaign.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';

export const run: Handler = async (cli, [which], options) => {
  const { to, asFor } = options as { to: string; asFor?: string };
  const tools = await cli.tools();
  const input = { to, ...(asFor === undefined ? {} : { asFor }), environment: cli.env };
  const test = await testCampaign(which as string, input, tools);
  if (test.state !== null && test.state !== 'sent') {
    throw new ItacaError(
      'partial',
      `the test to ${test.to} was not sent: ${test.state}: ${test.reply ?? ''}`,
    );
  }
  const where = test.transport === 'outbox' ? 'it lies in outbox/new' : `by ${test.transport}`;
  await cli.output.outcome(
    test,
    cli.dryRun
      ? `would send “${test.subject}” to ${test.to}, as for ${test.as_for}`
      : `sent “${test.subject}” to ${test.to}, as for ${test.as_for}; ${where}`,
    test.message_id,
  );
};
