import type { Objection } from './left-out.js';
import { day } from './moment.js';

/** A message that left, or may have left, earlier. */
export interface PastMessage {
  /** Id of the contact; absent after an erasure. */
  contact?: string;
  /** Canonical address. */
  address: string;
  /** ISO 8601. */
  at: string;
  campaign?: string;
  /** Title of the campaign. */
  title?: string;
  office?: string;
  purpose?: string;
  /** How much of the text is that of the message to be sent, in per cent; absent where all of it, or it was not asked. */
  resemblance?: number;
}

/** At most so many messages to one person in so many days, over all offices. */
export interface FrequencyLimit {
  messages: number;
  days: number;
  /** Purposes it counts and holds for; absent means all. */
  purposes?: readonly string[];
}

/** Looks messages up by person: by contact or by any address. */
export interface PastMessageIndex {
  find(contacts: Iterable<string>, addresses: Iterable<string>): PastMessage[];
}

export function indexPastMessages(messages: Iterable<PastMessage>): PastMessageIndex {
  // Most people got one message: a list for each of thousands costs more than all else.
  const byContact = new Map<string, PastMessage | PastMessage[]>();
  const byAddress = new Map<string, PastMessage | PastMessage[]>();
  const add = (map: typeof byAddress, key: string, message: PastMessage) => {
    const known = map.get(key);
    if (known === undefined) map.set(key, message);
    else if (Array.isArray(known)) known.push(message);
    else map.set(key, [known, message]);
  };
  for (const message of messages) {
    if (message.contact !== undefined) add(byContact, message.contact, message);
    add(byAddress, message.address, message);
  }
  if (byAddress.size === 0) return { find: () => [] };
  return {
    find(contacts, addresses) {
      const found: PastMessage[] = [];
      const note = (message: PastMessage) => {
        if (!found.includes(message)) found.push(message);
      };
      const look = (messages: PastMessage | PastMessage[] | undefined) => {
        if (Array.isArray(messages)) messages.forEach(note);
        else if (messages) note(messages);
      };
      for (const contact of contacts) look(byContact.get(contact));
      for (const address of addresses) look(byAddress.get(address));
      return found.length < 2 ? found : found.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    },
  };
}

/** "by sales on 2026-10-14", with what is known. */
export function byWhomAndWhen(message: PastMessage): string {
  return `${message.office === undefined ? '' : `by ${message.office} `}on ${day(message.at)}`;
}

/**
 * The first limit one more message would break.
 * @param messages what the person got, of every campaign and office
 * @param now ISO 8601 with offset
 */
export function overLimit(
  messages: readonly PastMessage[],
  limits: readonly FrequencyLimit[],
  purpose: string,
  now: string,
): Objection | undefined {
  for (const limit of limits) {
    if (limit.purposes !== undefined && !limit.purposes.includes(purpose)) continue;
    const since = Date.parse(now) - limit.days * 86_400_000;
    const counted = messages.filter(
      (message) =>
        Date.parse(message.at) > since &&
        (limit.purposes === undefined ||
          (message.purpose !== undefined && limit.purposes.includes(message.purpose))),
    );
    if (counted.length < limit.messages) continue;
    const days = limit.days === 1 ? 'a day' : `${limit.days} days`;
    const last = counted.at(-1);
    return {
      reason: 'frequency_cap',
      detail: `${counted.length} of at most ${limit.messages} in ${days}${last ? `, the last ${byWhomAndWhen(last)}` : ''}`,
    };
  }
  return undefined;
}
