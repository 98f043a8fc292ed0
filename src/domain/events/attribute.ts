import { canonicalEmail } from '../contacts/email-address.js';
import { idOfRef } from '../records/ids.js';
import type { IntentLine } from '../sending/journal-line.js';
import type { EventLine, ReportedEvent } from './event.js';
import { given } from './fields.js';

/** A message that left, or may have left. */
export type SentMessage = Pick<IntentLine, 'at' | 'message_id' | 'contact' | 'address' | 'token'>;

/** A message with the campaign it is of. */
export interface Attributed<C> {
  campaign: C;
  message: SentMessage;
}

/**
 * Finds the message that an event is about: by our own Message-ID; by the random token of the envelope or of a signed
 * link; by the address within the campaign that a tag names. Never by an address alone, which would be a guess.
 */
export class Attribution<C extends { id: string }> {
  readonly #byMessageId = new Map<string, Attributed<C>>();
  readonly #byToken = new Map<string, Attributed<C>>();
  /** By id of the campaign, then by address. */
  readonly #byCampaign = new Map<string, Map<string, Attributed<C>>>();

  add(campaign: C, message: SentMessage): void {
    const key = bare(message.message_id);
    const found = this.#byMessageId.get(key) ?? { campaign, message };
    // Of a message that was begun twice the journal says the same both times, but for when: the first counts.
    const { at } = message;
    if (Date.parse(at) < Date.parse(found.message.at)) found.message = { ...found.message, at };
    this.#byMessageId.set(key, found);
    this.#byToken.set(message.token, found);
    const byAddress = this.#byCampaign.get(campaign.id) ?? new Map<string, Attributed<C>>();
    this.#byCampaign.set(campaign.id, byAddress);
    if (!byAddress.has(message.address)) byAddress.set(message.address, found);
  }

  /** Undefined where nothing names a message of ours. */
  find({
    messageIds,
    tokens,
    tags,
    address,
  }: Pick<ReportedEvent, 'messageIds' | 'tokens' | 'tags' | 'address'>): Attributed<C> | undefined {
    for (const id of messageIds) {
      const found = this.#byMessageId.get(bare(id));
      if (found) return found;
    }
    for (const token of tokens) {
      const found = this.#byToken.get(token);
      if (found) return found;
    }
    const canonical = address === undefined ? undefined : canonicalEmail(address);
    if (canonical === undefined) return undefined;
    for (const tag of tags) {
      const found = this.#byCampaign.get(idOfRef(tag) ?? '')?.get(canonical);
      if (found) return found;
    }
    return undefined;
  }
}

function bare(messageId: string): string {
  return messageId.trim().replace(/^<|>$/g, '');
}

/** An event as the ledger of its campaign holds it, still without its id. */
export function lineOf(
  { at, address: _, messageIds, tokens, tags, ...facts }: ReportedEvent,
  { message_id, contact, address }: SentMessage,
): Omit<EventLine, 'id'> {
  const { event, source, bounce, reason, url, agent, machine, key } = facts;
  return given({
    event,
    at: new Date(at).toISOString(),
    source,
    message_id,
    contact,
    address,
    bounce,
    reason,
    url,
    agent,
    machine,
    key,
  });
}
