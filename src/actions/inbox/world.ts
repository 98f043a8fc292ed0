import { join } from 'node:path';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { parseMailbox } from '../../domain/campaigns/mailbox.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { type Attributed, Attribution } from '../../domain/events/attribute.js';
import type { Index } from '../../workspace/index/index.js';
import { bareId } from '../../workspace/index/row.js';
import { readJournals } from '../../workspace/journal.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { erasedPeople, type WasErased } from '../erased-people.js';
import { knownMessages } from '../import-events/known-messages.js';
import { noticesFolder } from '../run/ready-notices.js';
import { asCampaign } from '../sequence/as-campaign.js';
import { sequenceJournals } from '../sequence/sequence-journals.js';

export type SentByUs = Attributed<StoredRecord<Campaign>>;

/** What is asked of the workspace about each message that comes in. */
export interface InboxWorld {
  index: Index;
  /** Messages of campaigns. */
  campaigns: Attribution<StoredRecord<Campaign>>;
  /** Messages of sequences, each sequence as a campaign. */
  sequences: Attribution<StoredRecord<Campaign>>;
  /** References of the contact and id of the case of each receipt that was sent, by its bare Message-ID. */
  receipts: ReadonlyMap<string, { contact: string; case: string }>;
  /** Canonical addresses of the firm itself. */
  own: ReadonlySet<string>;
  /** Members by their canonical addresses. */
  members: ReadonlyMap<string, string>;
  erased: WasErased;
}

/**
 * Reads it once for a whole pull; only the index is read anew.
 * @param addresses of the firm, which its sources serve
 * @throws ItacaError `invalid` with path and line, where a journal cannot be read: an answer to it would find no owner
 */
export async function inboxWorld(workspace: Workspace, addresses: readonly string[]): Promise<InboxWorld> {
  const index = await workspace.index();
  const { mail = {}, members = {} } = workspace.config;
  const { from, reply_to, bounce_address, complaint_address, unsubscribe } = mail;
  const ours = [from, reply_to, bounce_address, complaint_address, unsubscribe?.mailto, ...addresses];
  const sequences = new Attribution<StoredRecord<Campaign>>();
  for (const { sequence, records } of await sequenceJournals(workspace.root))
    for (const { intent } of records) sequences.add(asCampaign(sequence), intent);
  const receipts = new Map<string, { contact: string; case: string }>();
  const notices = await readJournals(join(workspace.root, noticesFolder));
  for (const { intent } of notices.ledger.records()) {
    const kase = /^receipt (\S+)/.exec(intent.step ?? '')?.[1];
    if (kase !== undefined) receipts.set(bareId(intent.message_id), { contact: intent.contact, case: kase });
  }
  return {
    index,
    erased: await erasedPeople(workspace),
    receipts,
    campaigns: await knownMessages(workspace, index),
    sequences,
    own: new Set(ours.flatMap(canonicalOf)),
    members: new Map(
      Object.entries(members).flatMap(([member, { emails = [] }]) =>
        emails.flatMap(canonicalOf).map((address) => [address, member]),
      ),
    ),
  };
}

/** The address in `Officina Lume <news@example.it>`, in its canonical form; none where it is no address. */
function canonicalOf(text: string | undefined): string[] {
  if (text === undefined) return [];
  const canonical = canonicalEmail(parseMailbox(text.replace(/^mailto:/i, '')).address);
  return canonical === undefined ? [] : [canonical];
}
