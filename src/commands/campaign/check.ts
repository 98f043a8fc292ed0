import { checkCampaign } from '../../actions/campaign/check-campaign.js';
import type { Handler } from '../../cli/spec.js';
import { printFindings } from '../shared/findings.js';

export const run: Handler = async (cli, [which]) =>
  printFindings(cli, await checkCampaign(await cli.workspace(), which as string, cli.env));
