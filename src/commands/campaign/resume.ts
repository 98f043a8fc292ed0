import { resumeCampaign } from '../../actions/campaign/pause-campaign.js';
import type { Handler } from '../../cli/spec.js';

export const run: Handler = async (cli, [which]) => {
  const campaign = await cli.act((tools) => resumeCampaign(which as string, tools));

  const said = cli.dryRun ? 'would be resumed' : 'may be sent again';
  await cli.output.outcome(campaign, `${campaign.title} ${said}`, campaign.ref);
};
