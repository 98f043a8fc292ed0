import { pauseCampaign } from '../../actions/campaign/pause-campaign.js';
import type { Handler } from '../../cli/spec.js';

export const run: Handler = async (cli, [which]) => {
  const campaign = await cli.act((tools) => pauseCampaign(which as string, tools));
  const { was } = campaign;
  const said = was === 'paused' ? 'is paused already' : cli.dryRun ? 'would be paused' : 'is paused';
  await cli.output.outcome(campaign, `${campaign.title} ${said}`, campaign.ref);
};
