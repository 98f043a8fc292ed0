import { type ApprovalStanding, judgeApprovals } from '../../domain/campaigns/approval.js';
import { ruleFor } from '../../domain/campaigns/approval-rule.js';
import { rulesSha256 } from '../../domain/campaigns/content.js';
import { ItacaError } from '../../domain/error.js';
import type { FrozenPlan } from '../../workspace/plan-file.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { CampaignContent } from './campaign-content.js';
import { campaignHistory } from './campaign-history.js';
import type { CampaignPlan } from './plan-campaign.js';

/**
 * Whether a campaign needs an approval, and has it. Git is asked only where one is needed.
 * @param people whom the first send goes to
 */
export async function approvalStanding(
  { campaign, contentSha256 }: Pick<CampaignContent, 'campaign' | 'contentSha256'>,
  people: number,
  workspace: Workspace,
): Promise<ApprovalStanding> {
  const { config } = workspace;
  const rule = ruleFor(config, campaign.data.purpose, people);
  if (!rule) return { rule: null, state: 'not_needed', by: null, at: null, why: null, hint: null };
  const history = await campaignHistory(workspace, campaign);
  const now = { contentSha256, rulesSha256: rulesSha256(campaign.data, config) };
  return judgeApprovals({ rule, campaign: campaign.data, config, history }, now);
}

/** As `approvalStanding`, of a campaign whose people are known. */
export function approvalOfPlan(plan: CampaignPlan, workspace: Workspace): Promise<ApprovalStanding> {
  return approvalStanding(plan, peopleOf(plan), workspace);
}

/** Whom the first send goes to, or went to. */
function peopleOf({ frozen, plan }: { frozen: FrozenPlan | undefined; plan: CampaignPlan['plan'] }): number {
  return (frozen ?? plan).recipients.length;
}

/**
 * Refuses to send what nobody approved.
 * @throws ItacaError `refused`, which says which approval there is and why it does not count
 */
export async function requireApproval(plan: CampaignPlan, workspace: Workspace): Promise<void> {
  // A send that is done stays done, whatever the settings say by now.
  if (plan.frozen && plan.plan.recipients.length === 0) return;
  const { why, hint } = await approvalOfPlan(plan, workspace);
  if (why === null) return;
  throw new ItacaError('refused', why, { path: plan.campaign.path, ...(hint === null ? {} : { hint }) });
}

/** Where an approval stands, in a line for people; undefined where none is needed. */
export function approvalLine({ state, by, at, why }: ApprovalStanding): string | undefined {
  if (state === 'not_needed') return undefined;
  return state === 'approved' ? `approved by ${by} on ${at?.slice(0, 10)}` : `not approved: ${why}`;
}
