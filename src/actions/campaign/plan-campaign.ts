import type { Campaign } from '../../domain/campaigns/campaign.js';
import { contentSha256 } from '../../domain/campaigns/content.js';
import { countByReason } from '../../domain/campaigns/left-out.js';
import { planSend, type SendPlan } from '../../domain/campaigns/plan.js';
import { resumePlan } from '../../domain/campaigns/resume.js';
import { type FrozenPlan, readPlan } from '../../workspace/plan-file.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { findRecord } from '../find-record.js';
import { type Bodies, readBodies } from './bodies.js';
import { type CampaignFiles, campaignFiles } from './campaign-files.js';
import { mergedForSend } from './merged.js';
import { gatherWorld, sendsFolder } from './world.js';

export interface CampaignPlan {
  campaign: StoredRecord<Campaign>;
  bodies: Bodies;
  files: CampaignFiles;
  plan: SendPlan;
  /** What the first send fixed; undefined before it. */
  frozen: FrozenPlan | undefined;
  contentSha256: string;
}

/**
 * Works out who would get a campaign's message now, and why the others would not. Writes nothing.
 * @throws ItacaError `not_found`; `refused` where a record that might forbid a message cannot be read
 */
export async function planCampaign(workspace: Workspace, which: string): Promise<CampaignPlan> {
  const campaign = await findRecord<Campaign>(workspace, which, ['campaign']);
  const bodies = readBodies(workspace.root, campaign.path);
  const files = await campaignFiles(workspace.root, campaign, bodies);
  const today = planSend(await gatherWorld(workspace, campaign, bodies));
  const { survivorOf } = mergedForSend(await workspace.index());
  const { channel } = campaign.data;
  const frozen = await readPlan(sendsFolder(workspace, campaign));
  return {
    campaign,
    bodies,
    files,
    plan: frozen ? resumePlan(frozen, today, (contact) => survivorOf(contact) ?? contact) : today,
    frozen,
    contentSha256: contentSha256({
      subject: campaign.data.subject,
      bodies: Object.fromEntries([...bodies].map(([language, { text }]) => [language, text])),
      from: campaign.data.from,
      purpose: campaign.data.purpose,
      files: files.hashes,
      ...(channel === undefined || channel === 'email' ? {} : { channel }),
    }),
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
