import type { Campaign } from '../../domain/campaigns/campaign.js';
import { type Difference, differenceOf, type GoneReason } from '../../domain/campaigns/difference.js';
import { isoInstant } from '../../domain/time/clock.js';
import { readJournals } from '../../workspace/journal.js';
import { lastLineAt } from '../../workspace/last-line.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { officeOf } from '../reports/offices.js';
import { mergedForSend } from './merged.js';
import { messagesOf } from './past-sends.js';
import type { CampaignPlan } from './plan-campaign.js';
import { sendsFolder } from './sends-folder.js';

/** What differs from the issue before, in the keys of `--json`. */
export interface Since {
  /** Reference of the campaign before. */
  campaign: string;
  title: string;
  /** Of its last message, ISO 8601. */
  at: string;
  new: number;
  gone: number;
  gone_reasons: Partial<Record<GoneReason, number>>;
  new_people: Difference['new'];
  gone_people: Difference['gone'];
}

/**
 * Compares whom a campaign goes to, or went to, with the issue before: the last finished one of its `series`, or where
 * it names none, of the same office and purpose. A correction is no issue.
 * @param most so many names at most of each list
 * @returns null where there is none before
 */
export async function sinceIssueBefore(
  plan: CampaignPlan,
  workspace: Workspace,
  most = Number.POSITIVE_INFINITY,
): Promise<Since | null> {
  const before = await issueBefore(plan, workspace);
  if (!before) return null;
  const index = await workspace.index();
  const messagesOfCampaign = async (campaign: typeof before) => {
    const { ledger } = await readJournals(sendsFolder(workspace, campaign));
    return messagesOf(campaign, ledger.records(), mergedForSend(index));
  };
  const messages = plan.past.get(before.id) ?? (await messagesOfCampaign(before));
  const at = messages.reduce((last, message) => Math.max(last, Date.parse(message.at)), 0);
  if (messages.length === 0) return null;
  // All names at once, and only where somebody is not in the plan: one by one they take seconds for thousands.
  let names: ReturnType<typeof index.names> | undefined;
  const { new: fresh, gone } = differenceOf(messages, plan.frozen ?? plan.plan, (contact) => {
    names ??= index.names('contact');
    return names.get(contact);
  });
  const reasons: Since['gone_reasons'] = {};
  for (const { reason } of gone) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    campaign: before.ref,
    title: before.data.title,
    at: isoInstant(at, workspace.clock.timeZone),
    new: fresh.length,
    gone: gone.length,
    gone_reasons: reasons,
    new_people: fresh.slice(0, most),
    gone_people: gone.slice(0, most),
  };
}

async function issueBefore(
  { campaign, frozen }: CampaignPlan,
  workspace: Workspace,
): Promise<StoredRecord<Campaign> | undefined> {
  const { series, corrects, purpose } = campaign.data;
  if (corrects !== undefined) return undefined;
  const ofMember = officeOf(workspace.config);
  const officeFor = ({ office, requested_by }: Campaign) => office ?? ofMember(requested_by);
  const office = officeFor(campaign.data);
  const sameLine = ({ data }: StoredRecord<Campaign>) =>
    series === undefined ? data.purpose === purpose && officeFor(data) === office : data.series === series;
  const began = frozen === undefined ? Number.POSITIVE_INFINITY : Date.parse(frozen.header.at);
  const index = await workspace.index();
  let last: { at: number; campaign: StoredRecord<Campaign> } | undefined;
  for (const other of index.list({ kinds: ['campaign'] }) as unknown as StoredRecord<Campaign>[]) {
    const { state, corrects: wrong } = other.data;
    if (other.id === campaign.id || state !== 'finished' || wrong !== undefined || !sameLine(other)) continue;
    const at = await lastLineAt(sendsFolder(workspace, other));
    if (at > Number.NEGATIVE_INFINITY && at <= began && (!last || at > last.at))
      last = { at, campaign: other };
  }
  return last?.campaign;
}
