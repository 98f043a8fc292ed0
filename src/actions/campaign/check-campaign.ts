import { ItacaError } from '../../domain/error.js';
import { inOrder } from '../../workspace/check/sort.js';
import { configFile } from '../../workspace/find.js';
import { requireSameContent } from '../../workspace/plan-file.js';
import type { Workspace } from '../../workspace/workspace.js';
import { mailSigner } from '../open-mail.js';
import { alikeDrafts } from './alike-drafts.js';
import { requireApproval } from './approval.js';
import { composerFor } from './channel.js';
import { languageProblems } from './languages.js';
import { aboutAll, type Finding, messageFindings } from './message-findings.js';
import { type CampaignPlan, planCampaign } from './plan-campaign.js';
import { type CampaignProblem, campaignProblems, problemFrom } from './problems.js';
import { agreedToTracking } from './tracker.js';

/**
 * Looks a campaign through before it is sent: who writes and how one gets out, the files that go along, and the message
 * of each person who would get it. Writes nothing.
 * @throws ItacaError `not_found`
 */
export async function checkCampaign(
  workspace: Workspace,
  which: string,
  environment: NodeJS.ProcessEnv,
): Promise<Finding[]> {
  const plan = await found(() => planCampaign(workspace, which));
  // A record that might forbid a message cannot be read, or a body: nothing more can be said.
  if ('severity' in plan) return [plan];
  const signer =
    (plan.campaign.data.channel ?? 'email') === 'email'
      ? await found(() => mailSigner(workspace, environment))
      : undefined;
  const general = [
    ...(signer && 'severity' in signer ? [signer] : []),
    ...(await campaignProblems(plan, workspace)),
    ...contentProblems(plan),
    ...audienceProblems(plan),
    ...(await approvalProblems(plan, workspace)),
    ...(await alikeProblems(plan, workspace)),
    ...(await trackingNote(plan, workspace)),
  ].map(aboutAll);
  const composer = await found(() => composerFor(workspace, plan));
  if (!('severity' in composer)) return inOrder([...general, ...messageFindings(plan, composer)]);
  // That nobody writes was told already, with its place.
  return inOrder([
    ...general,
    ...(general.some(({ message }) => message === composer.message) ? [] : [composer]),
  ]);
}

/** What something gives, or the error that it throws about a file as a finding. */
async function found<T>(make: () => Promise<T>): Promise<T | Finding> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    if (error.code !== 'refused' && error.code !== 'invalid') throw error;
    return aboutAll(problemFrom(error, 'error'));
  }
}

/** Whether it is still what the first send began with. */
function contentProblems({ frozen, contentSha256, campaign }: CampaignPlan): CampaignProblem[] {
  try {
    if (frozen) requireSameContent(frozen.header, contentSha256);
    return [];
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    return [{ ...problemFrom(error, 'error'), path: campaign.path }];
  }
}

/** How many people's links would tell who follows them. */
async function trackingNote(
  { plan: { recipients } }: CampaignPlan,
  workspace: Workspace,
): Promise<CampaignProblem[]> {
  const tracking = workspace.config.mail?.tracking;
  if (!tracking) return [];
  const agreed = recipients.filter(await agreedToTracking(workspace)).length;
  const what = tracking.pixel ? 'links and openings' : 'links';
  return [
    {
      severity: 'info',
      path: configFile,
      line: null,
      column: null,
      message: `mail.tracking: the ${what} of ${agreed} of ${recipients.length} people would tell of them; the others did not agree to "tracking"`,
      hint: null,
    },
  ];
}

/** That nobody agreed yet who has to. */
async function approvalProblems(plan: CampaignPlan, workspace: Workspace): Promise<CampaignProblem[]> {
  try {
    await requireApproval(plan, workspace);
    return [];
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    return [problemFrom(error, 'error')];
  }
}

/** Another office that is about to tell the same people the same. */
async function alikeProblems(plan: CampaignPlan, workspace: Workspace): Promise<CampaignProblem[]> {
  return (await alikeDrafts(plan, workspace)).map(({ office, title, state, like, people }) => {
    const text = like === 'same' ? 'the same text' : `nearly the same text (${like} %)`;
    return warning(
      plan.campaign.path,
      `${office ?? 'somebody of no office'} has ${text} in “${title}” (${state}), for ${people} of the same people`,
      'agree who writes: whoever sends second leaves these people out',
    );
  });
}

function warning(path: string, message: string, hint: string): CampaignProblem {
  return { severity: 'warning', path, line: null, column: null, message, hint };
}

/** Who would get nothing that he was meant to get. */
function audienceProblems({ campaign, bodies, plan, frozen }: CampaignPlan): CampaignProblem[] {
  if (bodies.size === 0) return [];
  const problems = languageProblems({ campaign, bodies, plan, frozen });
  const sent = plan.leftOut.some(({ reason }) => reason === 'already_sent');
  if (plan.recipients.length > 0 || sent) return problems;
  const message =
    plan.leftOut.length === 0
      ? 'nobody is in the audience'
      : `all ${plan.leftOut.length} in the audience are left out`;
  return [...problems, warning(campaign.path, message, 'see: itaca campaign preview')];
}
