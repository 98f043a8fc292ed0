import { type Correction, correctCampaign } from '../../actions/campaign/correct-campaign.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [which], options) => {
  const { campaign, title, people } = await cli.act((tools) =>
    correctCampaign(which as string, options as Correction, tools),
  );
  const verb = cli.dryRun ? 'would draft' : 'drafted';
  await cli.output.outcome(
    { ...asJson({ ...campaign, title, at: null }), people },
    `${verb} ${campaign.path} to the ${people} people who got the wrong one\nnext: itaca campaign preview ${campaign.id}`,
    campaign.ref,
  );
};
