import type { Campaign } from '../../domain/campaigns/campaign.js';
import { countByReason, type LeftOutReason } from '../../domain/campaigns/left-out.js';
import { planSend, type SendPlan } from '../../domain/campaigns/plan.js';
import { resumePlan } from '../../domain/campaigns/resume.js';
import { type FrozenPlan, readPlan } from '../../workspace/plan-file.js';
import type { Workspace } from '../../workspace/workspace.js';
import { findRecord } from '../find-record.js';
import { type CampaignContent, contentOf } from './campaign-content.js';
import { mergedForSend } from './merged.js';
import type { PastSends } from './past-sends.js';
import { gatherWorld, sendsFolder } from './world.js';

export interface CampaignPlan extends CampaignContent {
  plan: SendPlan;
  /** What the first send fixed; undefined before it. */
  frozen: FrozenPlan | undefined;
  /** Messages of this campaign and of others, as far as the plan needed them, by the campaign's id. */
  past: PastSends['read'];
}

/**
 * Works out who would get a campaign's message now, and why the others would not. Writes nothing.
 * @throws ItacaError `not_found`; `refused` where a record that might forbid a message cannot be read
 */
export async function planCampaign(workspace: Workspace, which: string): Promise<CampaignPlan> {
  const campaign = await findRecord<Campaign>(workspace, which, ['campaign']);
  const content = await contentOf(workspace.root, campaign);
  const { past, ...input } = await gatherWorld(workspace, campaign, content.bodies);
  const today = planSend(input);
  const { survivorOf } = mergedForSend(await workspace.index());
  const frozen = await readPlan(sendsFolder(workspace, campaign));
  return {
    ...content,
    plan: frozen ? resumePlan(frozen, today, (contact) => survivorOf(contact) ?? contact) : today,
    frozen,
    past,
  };
}

/** Counts of a plan, in the keys of `--json`: audience = to_send + the sum of left_out. */
export function countsOf({ plan }: CampaignPlan) {
  return {
    audience: plan.recipients.length + plan.leftOut.length,
    to_send: plan.recipients.length,
    left_out: countByReason(plan.leftOut),
  };
}

/** Some of those whom a plan leaves out, by reason: the first ones, at most so many of each. */
export function samplesOf(
  { plan }: CampaignPlan,
  most: number,
): Partial<Record<LeftOutReason, { ref: string; name: string }[]>> {
  const samples: ReturnType<typeof samplesOf> = {};
  for (const { reason, ref, name } of plan.leftOut) {
    const some = samples[reason] ?? [];
    samples[reason] = some;
    if (some.length < most) some.push({ ref, name });
  }
  return samples;
}
