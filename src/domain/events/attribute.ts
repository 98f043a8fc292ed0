import { canonicalEmail } from '../contacts/email-address.js';
import { idOfRef } from '../records/ids.js';
import type { IntentLine } from '../sending/journal-line.js';
import type { EventLine, ReportedEvent } from './event.js';
import { given } from './fields.js';

/** A message that left, or may have left. */
export type SentMessage = Pick<IntentLine, 'message_id' | 'contact' | 'address' | 'token'>;

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
  readonly #byCampaign = new Map<string, { campaign: C; byAddress: Map<string, SentMessage> }>();

  add(campaign: C, message: SentMessage): void {
    const { id } = campaign;
    const found = { campaign, message };
    const key = bare(message.message_id);
    // Of a message that was begun twice the journal says the same both times.
    if (!this.#byMessageId.has(key)) this.#byMessageId.set(key, found);
    this.#byToken.set(message.token, this.#byMessageId.get(key) ?? found);
    const of = this.#byCampaign.get(id) ?? { campaign, byAddress: new Map<string, SentMessage>() };
    this.#byCampaign.set(id, of);
    if (!of.byAddress.has(message.address)) of.byAddress.set(message.address, message);
  }

  /** Undefined where nothing names a message of ours. */
  find({ messageIds, tokens, tags, address }: ReportedEvent): Attributed<C> | undefined {
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
      const of = this.#byCampaign.get(idOfRef(tag) ?? '');
      const message = of?.byAddress.get(canonical);
      if (of && message) return { campaign: of.campaign, message };
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
