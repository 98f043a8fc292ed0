import { join } from 'node:path';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { IntentLine } from '../../domain/sending/journal-line.js';
import type { Sequence, Step } from '../../domain/sequences/sequence.js';
import { readJournals } from '../../workspace/journal.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { campaignJournals } from '../campaign/campaign-journals.js';
import type { Notice } from '../run/notices.js';
import { noticesFolder } from '../run/ready-notices.js';
import { asCampaign } from '../sequence/as-campaign.js';

/** Of which step of a sequence a message is. */
export interface SequenceStep {
  sequence: Sequence;
  /** Undefined where the sequence has no such step any more. */
  step: Step | undefined;
}

/** Where a message in the outbox comes from, by the journal that it was put there under. */
export interface Origin {
  /** Of which it is one message, once per address: a campaign, or one notice. */
  step: string;
  /** Or the step of a sequence as one; absent for what `run` wrote. */
  campaign?: StoredRecord<Campaign>;
  /** Absent for what is of no sequence. */
  sequence?: SequenceStep;
  /** Absent for a campaign's and a sequence's. */
  notice?: Notice['kind'];
  /** Reference of the contact, or a member. */
  ref: string;
  /** Canonical. */
  address: string;
  /** When it was put there, ISO 8601. */
  at: string;
}

/**
 * Every message that a journal says to have been put into the outbox, by Message-ID.
 * @throws ItacaError `invalid` with path and line where a journal cannot be read
 */
export async function originsOf(workspace: Workspace): Promise<Map<string, Origin>> {
  const origins = new Map<string, Origin>();
  const add = (intent: IntentLine, of: Pick<Origin, 'step' | 'campaign' | 'sequence' | 'notice'>) => {
    if (intent.transport !== 'outbox') return;
    const { contact: ref, address, at } = intent;
    origins.set(intent.message_id, { ...of, ref, address, at });
  };
  for (const { campaign, sequence, records } of await campaignJournals(workspace)) {
    for (const { intent } of records) {
      const step = ['campaign', campaign.id, ...(intent.step === undefined ? [] : [intent.step])].join(' ');
      if (sequence) {
        const of = stepOf(sequence, intent.step);
        add(intent, { step, campaign: asCampaign(sequence, of.step), sequence: of });
      } else add(intent, { step, campaign });
    }
  }
  const { ledger } = await readJournals(join(workspace.root, noticesFolder));
  for (const { intent } of ledger.records()) {
    const key = intent.step ?? '';
    add(intent, { step: key, notice: key.split(' ')[0] as Notice['kind'] });
  }
  return origins;
}

function stepOf(sequence: Sequence, id: string | undefined): SequenceStep {
  return { sequence, step: sequence.steps.find((step) => step.id === id) };
}
