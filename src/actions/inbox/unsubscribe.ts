import { parseMailbox } from '../../domain/campaigns/mailbox.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import type { InboundMessage } from '../../domain/inbox/message.js';
import { tokensOf } from '../../domain/inbox/recipient-token.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { Wish } from '../import-events/consequences.js';
import type { Tools } from '../tools.js';
import type { Effects } from './effects.js';
import type { ReadMessage } from './read-message.js';
import type { Who } from './who.js';
import type { InboxWorld } from './world.js';

/** Messages about a person's own case serve it, and go on: who complains is answered. */
const service = 'service';

/** So many letters of a purpose's name are looked for: `catalo` is in catalogue and in catalogo. */
const stem = 6;

/** A whole message that says no more than that. */
const bareWish =
  /^\W*(?:stop|basta|unsubscribe|remove(?: me)?|opt[- ]?out|cancellami|cancellatemi|disiscrivimi|disiscrivetemi|toglietemi|abmelden|abbestellen|stopp|d[ée]sinscription|d[ée]sabonner|baja|darme de baja)\W*$/i;

/** Whether a message says no more than that its writer wants no more. */
export function saysOnlyStop({ message, text }: Pick<ReadMessage, 'message' | 'text'>): boolean {
  return bareWish.test((text.trim() === '' ? message.subject : text).slice(0, 200));
}

/** Whether a message is sent to the address by which one unsubscribes. */
function isToWayOut({ to, cc }: Pick<InboundMessage, 'to' | 'cc'>, { config }: Workspace): boolean {
  const way = config.mail?.unsubscribe?.mailto?.replace(/^mailto:/i, '').replace(/\?.*$/, '');
  const address = way === undefined ? undefined : canonicalEmail(parseMailbox(way).address);
  return address !== undefined && [...to, ...cc].some((one) => canonicalEmail(one.address) === address);
}

/** Whether who wrote a message wants no more of ours: by its words, its header, or where it is sent to. */
export function wantsNoMore(read: ReadMessage, workspace: Workspace): boolean {
  const { classification, intent, message } = read;
  return (
    classification.kind === 'unsubscribe' ||
    intent.unsubscribe ||
    saysOnlyStop(read) ||
    isToWayOut(message, workspace)
  );
}

/**
 * Writes no more to whoever wants no more. By the token of a message of ours, or in an answer of whom it was sent to, it
 * is that one's purpose; in words, the purposes that they name, or all but those of service.
 * @returns what follows, as a sentence; undefined where it is not said whose address it is, and a person has to look
 */
export async function unsubscribe(
  read: Pick<ReadMessage, 'message' | 'receivedAt' | 'id' | 'text'>,
  who: Who | undefined,
  world: Pick<InboxWorld, 'campaigns' | 'sequences'>,
  effects: Effects,
  { workspace }: Tools,
): Promise<string | undefined> {
  const { message, receivedAt, id } = read;
  const told = { messageIds: [], tokens: tokensOf(message), tags: [], address: undefined };
  const byToken = world.campaigns.find(told) ?? world.sequences.find(told);
  const answered = who?.contact && who.sent?.message.contact === who.contact.ref ? who.sent : undefined;
  const sent = byToken ?? answered;
  if (sent) return effects.happened(sent, { event: 'unsubscribed', key: id }, receivedAt);
  const wishes = wishesInWords(read, who?.contact?.ref, workspace);
  const [first] = wishes;
  if (!first) return undefined;
  for (const wish of wishes) effects.wish(wish);
  return `${first.address} gets no more ${wishes.map(({ scope }) => scope).join(', ')}`;
}

/**
 * What somebody wants no more of, as his words say it.
 * @param contact his reference, where he is on file
 * @returns none where it is not said whose address it is, and a person has to look
 */
export function wishesInWords(
  read: Pick<ReadMessage, 'message' | 'receivedAt' | 'id' | 'text'>,
  contact: string | undefined,
  workspace: Workspace,
): Wish[] {
  const address = canonicalEmail(refusing(read.message) ?? read.message.from[0]?.address ?? '');
  // `Take my uncle off your list` is not about who writes it.
  if (address === undefined || namesAnother(read, address)) return [];
  return wishesOf(read, address, contact, workspace);
}

/** That an address gets no more messages, of the purposes that a message names, or of all but service. */
export function wishesOf(
  read: Pick<ReadMessage, 'message' | 'receivedAt' | 'id' | 'text'>,
  address: string,
  contact: string | undefined,
  workspace: Workspace,
): Wish[] {
  return scopesOf(read, workspace).map((scope) => ({
    address,
    contact,
    scope,
    reason: 'unsubscribed',
    at: read.receivedAt,
    source: `inbox ${read.id}`,
    purposes: scope === 'all' ? [] : [scope],
  }));
}

/** Whose mailbox refused a message of ours (RFC 8098, 3.2.4). */
function refusing({ disposition }: InboundMessage): string | undefined {
  return /^(?:original|final)-recipient:\s*(?:rfc822\s*;)?\s*<?([^\s<>;]+@[^\s<>;]+)>?/im.exec(
    (disposition ?? '').slice(0, 1 << 14),
  )?.[1];
}

/** Whether what he wrote names an address that is not his own. */
function namesAnother({ text }: Pick<ReadMessage, 'text'>, address: string): boolean {
  const named = text.slice(0, 20_000).match(/[^\s<>()[\],;:"]{1,64}@[^\s<>()[\],;:"]{1,255}/g) ?? [];
  return named.some((one) => {
    const canonical = canonicalEmail(one.replace(/[.!?]+$/, ''));
    return canonical !== undefined && canonical !== address;
  });
}

/** The purposes that a wish in words is about. */
function scopesOf({ message, text }: Pick<ReadMessage, 'message' | 'text'>, { config }: Workspace): string[] {
  const purposes = Object.keys(config.purposes ?? {}).filter((purpose) => purpose !== service);
  if (purposes.length === 0) return ['all'];
  const words = new Set(
    `${message.subject}\n${text}`
      .slice(0, 20_000)
      .toLowerCase()
      .match(/\p{L}{4,}/gu),
  );
  const named = purposes.filter((purpose) => {
    const beginning = purpose.toLowerCase().slice(0, stem);
    return beginning.length >= 4 && [...words].some((word) => word.startsWith(beginning));
  });
  return named.length > 0 ? named : purposes;
}
