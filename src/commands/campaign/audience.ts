import { countsOf, planCampaign } from '../../actions/campaign/plan-campaign.js';
import type { Handler } from '../../cli/spec.js';
import { reasonLines } from '../shared/send-lines.js';

export const run: Handler = async (cli, [which]) => {
  const plan = await planCampaign(await cli.workspace(), which as string);
  const counts = countsOf(plan);
  const { id, ref, title } = plan.campaign;
  const lines = [
    `${counts.audience} in the audience = ${counts.to_send} to send + ${counts.audience - counts.to_send} left out`,
  ];
  await cli.output.outcome(
    { id, ref, title, ...counts },
    [...lines, ...reasonLines(counts.left_out)].join('\n'),
  );
};
