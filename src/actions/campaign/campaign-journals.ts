import type { Campaign } from '../../domain/campaigns/campaign.js';
import { ItacaError } from '../../domain/error.js';
import type { SendRecord } from '../../domain/sending/ledger.js';
import type { Sequence } from '../../domain/sequences/sequence.js';
import { readJournals } from '../../workspace/journal.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { officeOf } from '../reports/offices.js';
import { asCampaign } from '../sequence/as-campaign.js';
import { sequenceJournals } from '../sequence/sequence-journals.js';
import { sendsFolder } from './world.js';

/** A campaign, or a sequence as one, with what its journals say. */
export interface CampaignJournal {
  campaign: StoredRecord<Campaign>;
  /** The campaign's, or that of the member who asked for it. */
  office: string | null;
  /** Who asked for it. */
  by: string | null;
  /** Absent for a campaign; the messages of a sequence leave one by one. */
  sequence?: Sequence;
  /** What a message was for: of a sequence, each step may have a purpose of its own. */
  purposeOf(record: SendRecord): string;
  /** One for each address that was tried. */
  records: SendRecord[];
}

/**
 * Reads the journals of all campaigns and sequences.
 * @param warn told of a journal that cannot be read, whose campaign is then left out; with it all sequences, where one of
 *   theirs is broken
 * @throws ItacaError `invalid` with path and line for such a journal, where there is no `warn`
 */
export async function campaignJournals(
  workspace: Workspace,
  warn?: (message: string) => void,
): Promise<CampaignJournal[]> {
  const officeOfMember = officeOf(workspace.config);
  const found: CampaignJournal[] = [];
  const campaigns = (await workspace.index()).list({ kinds: ['campaign'] });
  for (const campaign of campaigns as unknown as StoredRecord<Campaign>[]) {
    const { title, office: of, requested_by } = campaign.data;
    const by = requested_by ?? null;
    try {
      const { ledger } = await readJournals(sendsFolder(workspace, campaign));
      const records = [...ledger.records()];
      found.push({
        campaign,
        office: of ?? officeOfMember(by),
        by,
        purposeOf: () => campaign.data.purpose,
        records,
      });
    } catch (error) {
      if (!(error instanceof ItacaError) || !warn) throw error;
      warn(`the sends of "${title}" are not counted: ${error.message}`);
    }
  }
  try {
    for (const { sequence, records } of await sequenceJournals(workspace.root)) {
      const campaign = asCampaign(sequence);
      const { office = null, steps, purpose } = sequence;
      const purposeOf = ({ intent }: SendRecord) =>
        steps.find(({ id }) => id === intent.step)?.purpose ?? purpose;
      found.push({ campaign, office, by: null, sequence, purposeOf, records });
    }
  } catch (error) {
    if (!(error instanceof ItacaError) || !warn) throw error;
    warn(`the sends of sequences are not counted: ${error.message}`);
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
