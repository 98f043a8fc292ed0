import { sinceIssueBefore } from '../../actions/campaign/issue-before.js';
import { countsOf, planCampaign, samplesOf } from '../../actions/campaign/plan-campaign.js';
import type { Handler } from '../../cli/spec.js';
import { reasonLines, sinceLines } from '../shared/send-lines.js';

const shownPerReason = 3;
const shownSince = 5;

export const run: Handler = async (cli, [which]) => {
  const workspace = await cli.workspace();
  const plan = await planCampaign(workspace, which as string);
  const counts = countsOf(plan);
  const samples = samplesOf(plan, shownPerReason);
  const since = await sinceIssueBefore(plan, workspace, shownSince);
  const { id, ref, title } = plan.campaign;
  const lines = [
    `${counts.audience} in the audience = ${counts.to_send} to send + ${counts.audience - counts.to_send} left out`,
  ];
  await cli.output.outcome(
    { id, ref, title, ...counts, samples, since },
    [...lines, ...reasonLines(counts.left_out, samples), ...sinceLines(since)].join('\n'),
  );
};
