import type { Campaign } from '../../domain/campaigns/campaign.js';
import { ItacaError } from '../../domain/error.js';
import { isoInstant, startOf } from '../../domain/time/clock.js';
import { readJournals } from '../../workspace/journal.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { officeOf } from '../reports/offices.js';
import { leftAt, mayHaveArrived } from './campaign-journals.js';
import { sendsFolder } from './world.js';

/** A campaign as a list names it. */
export interface ListedCampaign {
  campaign: StoredRecord<Campaign>;
  /** The campaign's, or that of the member who asked for it. */
  office: string | null;
  channel: string;
  /** The day in the workspace's time zone on which the last message left, or may have left; null before the first. */
  lastSent: string | null;
}

/**
 * The campaigns that a query selects, the latest first: what is still to be sent on no day, then by the last message,
 * or by `send_at` where none left.
 * @param warn told of journals that cannot be read; their campaigns are listed as if nothing had left
 */
export async function listCampaigns(
  workspace: Workspace,
  query: string | undefined,
  warn: (message: string) => void,
): Promise<ListedCampaign[]> {
  const { timeZone } = workspace.clock;
  const officeOfMember = officeOf(workspace.config);
  const campaigns = (await workspace.index()).list({ kinds: ['campaign'], query });
  const dated: (ListedCampaign & { moment: number })[] = [];
  for (const campaign of campaigns as unknown as StoredRecord<Campaign>[]) {
    const { office, requested_by = null, channel = 'email', send_at, state } = campaign.data;
    const last = await lastMoment(workspace, campaign, warn);
    const undated = state === 'cancelled' || state === 'finished' ? 0 : Number.POSITIVE_INFINITY;
    dated.push({
      campaign,
      office: office ?? officeOfMember(requested_by),
      channel,
      lastSent: last === undefined ? null : isoInstant(last, timeZone).slice(0, 10),
      moment: last ?? (send_at === undefined ? undefined : startOf(send_at, timeZone)) ?? undated,
    });
  }
  // The index gives them by title, which stays the order of what has the same moment.
  return dated.sort((a, b) => (a.moment === b.moment ? 0 : b.moment - a.moment));
}

async function lastMoment(
  workspace: Workspace,
  campaign: StoredRecord<Campaign>,
  warn: (message: string) => void,
): Promise<number | undefined> {
  try {
    const { ledger } = await readJournals(sendsFolder(workspace, campaign));
    let last: number | undefined;
    for (const record of ledger.records())
      if (mayHaveArrived(record)) last = Math.max(last ?? 0, leftAt(record));
    return last;
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    warn(`when "${campaign.data.title}" was sent is not known: ${error.message}`);
    return undefined;
  }
}
