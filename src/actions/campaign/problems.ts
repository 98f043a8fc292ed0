import { readyFaults, type Severity } from '../../domain/campaigns/ready.js';
import { ItacaError } from '../../domain/error.js';
import { placed, problemOf } from '../../workspace/check/place.js';
import { readYamlFile } from '../../workspace/config/read.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';
import { configFile } from '../../workspace/find.js';
import type { Problem } from '../../workspace/index/row.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { CampaignPlan } from './plan-campaign.js';

/** Something that keeps a campaign from being sent, or would mislead. */
export interface CampaignProblem extends Problem {
  severity: Severity;
}

/** What is wrong with a campaign before anybody's message is made, each at its place. */
export async function campaignProblems(
  { campaign, bodies, files }: Pick<CampaignPlan, 'campaign' | 'bodies' | 'files'>,
  workspace: Workspace,
): Promise<CampaignProblem[]> {
  const { root, config } = workspace;
  // A key that says nothing that is known, such as a hold, must not be taken for one that is not there.
  const own = (await workspace.index())
    .problems()
    .filter(({ path }) => path === campaign.path)
    .map((problem): CampaignProblem => ({ ...problem, severity: 'error' }));
  const faults = readyFaults(campaign.data, config, bodies.size);
  if (own.length === 0 && faults.length === 0 && files.faults.length === 0) return [];
  const text = readOrNull(insideWorkspace(root, campaign.path))?.toString('utf8');
  const settings = readYamlFile(root, configFile);
  return [
    ...own,
    ...faults.map(({ severity, file, ...fault }): CampaignProblem => {
      const problem =
        file === 'campaign'
          ? placed('campaign', campaign.path, text, [fault])[0]
          : problemOf(configFile, fault, settings.lineOf(fault.at));
      return { severity, ...(problem ?? problemOf(campaign.path, fault)) };
    }),
    ...files.faults.map((error) => problemFrom(error, 'error')),
  ];
}

/** An error as a problem of a file. */
export function problemFrom(error: ItacaError, severity: Severity): CampaignProblem {
  const { path = configFile, line = null, column = null, message, hint = null } = error;
  return { severity, path, line, column, message, hint };
}

/** A problem as what a send answers. */
export function refusalOf({ message, path, line, column, hint }: CampaignProblem): ItacaError {
  return new ItacaError('refused', message, {
    path,
    ...(line === null ? {} : { line }),
    ...(column === null ? {} : { column }),
    ...(hint === null ? {} : { hint }),
  });
}

/** Refuses to make a message while a file is missing that would go out with it. */
export function refuseFaultyFiles({ files }: CampaignPlan): void {
  const [fault] = files.faults;
  if (fault) throw fault;
}
