import { isWithin, type Period } from '../../domain/time/period.js';
import type { Workspace } from '../../workspace/workspace.js';
import { campaignJournals, leftAt } from '../campaign/campaign-journals.js';

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
  return (await campaignJournals(workspace, warn)).flatMap(({ campaign, office, by, records }) => {
    const messages = records
      .filter((record) => record.state === 'sent' && isWithin(period, leftAt(record)))
      .map((record) => ({ contact: record.intent.contact, at: leftAt(record) }));
    const { ref, data } = campaign;
    return messages.length === 0 ? [] : [{ ref, title: data.title, office, by, messages }];
  });
}
