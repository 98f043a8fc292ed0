import { type CampaignInput, newCampaign } from '../../actions/campaign/new-campaign.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [title], options) => {
  const input = options as unknown as Omit<CampaignInput, 'title'>;
  for (const key of ['purpose', 'audience'] as const) {
    if (!input[key]) {
      throw new ItacaError('usage', `a campaign needs --${key}`, {
        hint: 'itaca campaign new "Spring news" --purpose newsletter --audience "+fiera-2026"',
      });
    }
  }
  const campaign = await cli.act((tools) => newCampaign({ ...input, title: title as string }, tools));
  const verb = cli.dryRun ? 'would draft' : 'drafted';
  await cli.output.outcome(
    asJson({ ...campaign, title: title as string, at: null }),
    `${verb} ${campaign.path}\nnext: itaca campaign preview ${campaign.id}`,
    campaign.ref,
  );
};
