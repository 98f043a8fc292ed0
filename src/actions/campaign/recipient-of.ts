import type { Recipient } from '../../domain/campaigns/plan.js';
import { ItacaError } from '../../domain/error.js';
import type { Workspace } from '../../workspace/workspace.js';
import { findRecord } from '../find-record.js';
import type { CampaignPlan } from './plan-campaign.js';

/**
 * A person who would get a campaign's message.
 * @param who as on the command line; undefined for the first of all
 * @throws ItacaError `not_found`; `refused` with the reason where that person would get none
 */
export async function recipientOf(
  workspace: Workspace,
  { campaign, plan: { recipients, leftOut } }: CampaignPlan,
  who: string | undefined,
): Promise<Recipient> {
  if (who === undefined) {
    const [first] = recipients;
    if (first) return first;
    throw new ItacaError('refused', 'nobody would get this message now', {
      path: campaign.path,
      hint: `see why: itaca campaign preview ${campaign.id}`,
    });
  }
  const person = await findRecord(workspace, who, ['contact']);
  const recipient = recipients.find(({ contact }) => contact === person.id);
  if (recipient) return recipient;
  const out = leftOut.find(({ contact }) => contact === person.id);
  const why = out ? `${out.reason.replaceAll('_', ' ')}: ${out.detail}` : 'not in the audience';
  throw new ItacaError('refused', `${person.title} gets no message: ${why}`, { path: person.path });
}
