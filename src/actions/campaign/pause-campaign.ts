import { standingApprovals } from '../../domain/campaigns/approval.js';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { ItacaError } from '../../domain/error.js';
import { readPlan } from '../../workspace/plan-file.js';
import { findRecord } from '../find-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { sendsFolder } from './world.js';

export interface Paused {
  id: string;
  ref: string;
  title: string;
  state: Campaign['state'];
  was: Campaign['state'];
}

/**
 * Pauses a campaign: no send of it begins, and one that runs stops at its next batch. Twice is no mistake.
 * @throws ItacaError `refused` for one that is finished or cancelled
 */
export async function pauseCampaign(which: string, tools: Tools): Promise<Paused> {
  const campaign = await findRecord<Campaign>(tools.workspace, which, ['campaign']);
  const { state } = campaign.data;
  if (state === 'finished' || state === 'cancelled')
    throw new ItacaError('refused', `this campaign is ${state}`, { path: campaign.path });
  return setState(campaign, 'paused', tools);
}

/**
 * Lets a paused campaign be sent again, from where it stood. Nothing is sent by this.
 * @throws ItacaError `refused` for one that is not paused
 */
export async function resumeCampaign(which: string, tools: Tools): Promise<Paused> {
  const campaign = await findRecord<Campaign>(tools.workspace, which, ['campaign']);
  const { state, approvals } = campaign.data;
  if (state !== 'paused') {
    throw new ItacaError('refused', `this campaign is not paused: its state is ${state}`, {
      path: campaign.path,
    });
  }
  const begun = await readPlan(sendsFolder(tools.workspace, campaign));
  return setState(
    campaign,
    begun ? 'sending' : standingApprovals(approvals).length > 0 ? 'approved' : 'draft',
    tools,
  );
}

async function setState(
  { id, ref, title, path, data }: Awaited<ReturnType<typeof findRecord<Campaign>>>,
  state: Campaign['state'],
  tools: Tools,
): Promise<Paused> {
  if (data.state !== state) {
    const change = { op: 'update' as const, kind: 'campaign' as const, id, path, set: { state } };
    await write([change], { subject: `${tools.command} ${id}` }, tools);
  }
  return { id, ref, title, state, was: data.state };
}
