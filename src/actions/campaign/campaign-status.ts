import type { ApprovalStanding } from '../../domain/campaigns/approval.js';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { countByReason } from '../../domain/campaigns/left-out.js';
import { readJournals } from '../../workspace/journal.js';
import { readPlan } from '../../workspace/plan-file.js';
import type { Workspace } from '../../workspace/workspace.js';
import { findRecord } from '../find-record.js';
import { approvalOfPlan, approvalStanding } from './approval.js';
import { contentOf } from './campaign-content.js';
import { wayOf } from './channel.js';
import { countsOf, planCampaign } from './plan-campaign.js';
import type { SendCounts } from './send-campaign.js';
import { sendsFolder } from './world.js';

export interface CampaignStatus extends SendCounts {
  id: string;
  ref: string;
  title: string;
  state: string;
  approval: ApprovalStanding;
  /** When the first send froze the plan; null before it. */
  began_at: string | null;
  /** Of the last line in the journals. */
  last_at: string | null;
}

/** Where a campaign stands, by its plan and journals. Before the first send: what a send would do now. */
export async function campaignStatus(workspace: Workspace, which: string): Promise<CampaignStatus> {
  const campaign = await findRecord<Campaign>(workspace, which, ['campaign']);
  const folder = sendsFolder(workspace, campaign);
  const frozen = await readPlan(folder);
  const head = { id: campaign.id, ref: campaign.ref, title: campaign.title, state: campaign.data.state };
  const transport = wayOf(workspace, campaign);
  if (!frozen) {
    const plan = await planCampaign(workspace, which);
    const { audience, to_send, left_out } = countsOf(plan);
    const none = { sent: 0, unknown: 0, deferred: 0, rejected: 0 };
    return {
      ...head,
      approval: await approvalOfPlan(plan, workspace),
      began_at: null,
      last_at: null,
      audience,
      ...none,
      remaining: to_send,
      left_out,
      transport,
    };
  }
  const { ledger } = await readJournals(folder);
  const counts = { sent: 0, unknown: 0, deferred: 0, rejected: 0, remaining: 0 };
  let last: string | null = null;
  for (const { canonical } of frozen.recipients) {
    const record = ledger.get(canonical);
    counts[record?.state ?? 'remaining']++;
    const at = record?.outcome?.at ?? record?.intent.at ?? null;
    if (at !== null && (last === null || Date.parse(at) > Date.parse(last))) last = at;
  }
  return {
    ...head,
    approval: await approvalStanding(
      await contentOf(workspace.root, campaign),
      frozen.recipients.length,
      workspace,
    ),
    began_at: frozen.header.at,
    last_at: last,
    audience: frozen.recipients.length + frozen.leftOut.length,
    ...counts,
    left_out: countByReason(frozen.leftOut),
    transport,
  };
}
