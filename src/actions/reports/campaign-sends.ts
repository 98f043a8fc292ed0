import type { Campaign } from '../../domain/campaigns/campaign.js';
import { ItacaError } from '../../domain/error.js';
import { isWithin, type Period } from '../../domain/time/period.js';
import { readJournals } from '../../workspace/journal.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { sendsFolder } from '../campaign/world.js';
import { officeOf } from './offices.js';

/** The messages of a campaign that left in a period. */
export interface CampaignSends {
  ref: string;
  title: string;
  /** The campaign's, or that of the member who asked for it. */
  office: string | null;
  /** Who asked for it. */
  by: string | null;
  messages: { contact: string; at: number }[];
}

/**
 * The messages that campaigns sent in a period, by their journals; those in doubt are not among them. A journal that
 * cannot be read is told to `warn`, and its campaign left out.
 */
export async function campaignSends(
  workspace: Workspace,
  period: Period,
  warn: (message: string) => void,
): Promise<CampaignSends[]> {
  const index = await workspace.index();
  const office = officeOf(workspace.config);
  const sends: CampaignSends[] = [];
  for (const campaign of index.list({ kinds: ['campaign'] }) as unknown as StoredRecord<Campaign>[]) {
    const { title, office: of, requested_by } = campaign.data;
    const messages: CampaignSends['messages'] = [];
    try {
      const { ledger } = await readJournals(sendsFolder(workspace, campaign));
      for (const { state, intent, outcome } of ledger.records()) {
        const at = Date.parse(outcome?.at ?? intent.at);
        if (state === 'sent' && isWithin(period, at)) messages.push({ contact: intent.contact, at });
      }
    } catch (error) {
      if (!(error instanceof ItacaError)) throw error;
      warn(`the sends of "${title}" are not counted: ${error.message}`);
      continue;
    }
    if (messages.length === 0) continue;
    const by = requested_by ?? null;
    sends.push({ ref: campaign.ref, title, office: of ?? office(by), by, messages });
  }
  return sends;
}
