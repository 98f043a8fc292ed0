import type { Campaign } from '../../domain/campaigns/campaign.js';
import { ItacaError } from '../../domain/error.js';
import type { SendRecord } from '../../domain/sending/ledger.js';
import { readJournals } from '../../workspace/journal.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { officeOf } from '../reports/offices.js';
import { sendsFolder } from './world.js';

/** A campaign with what its journals say. */
export interface CampaignJournal {
  campaign: StoredRecord<Campaign>;
  /** The campaign's, or that of the member who asked for it. */
  office: string | null;
  /** Who asked for it. */
  by: string | null;
  /** One for each address that was tried. */
  records: SendRecord[];
}

/**
 * Reads the journals of all campaigns.
 * @param warn told of a journal that cannot be read, whose campaign is then left out
 * @throws ItacaError `invalid` with path and line for such a journal, where there is no `warn`
 */
export async function campaignJournals(
  workspace: Workspace,
  warn?: (message: string) => void,
): Promise<CampaignJournal[]> {
  const office = officeOf(workspace.config);
  const found: CampaignJournal[] = [];
  const campaigns = (await workspace.index()).list({ kinds: ['campaign'] });
  for (const campaign of campaigns as unknown as StoredRecord<Campaign>[]) {
    const { title, office: of, requested_by } = campaign.data;
    const by = requested_by ?? null;
    try {
      const { ledger } = await readJournals(sendsFolder(workspace, campaign));
      found.push({ campaign, office: of ?? office(by), by, records: [...ledger.records()] });
    } catch (error) {
      if (!(error instanceof ItacaError) || !warn) throw error;
      warn(`the sends of "${title}" are not counted: ${error.message}`);
    }
  }
  return found;
}

/** When a message left, or may have left, in epoch milliseconds. */
export function leftAt({ intent, outcome }: SendRecord): number {
  return Date.parse(outcome?.event === 'sent' ? outcome.at : intent.at);
}

/** Whether the person has the message, or may have it. */
export function mayHaveArrived({ state }: SendRecord): boolean {
  return state === 'sent' || state === 'unknown';
}
