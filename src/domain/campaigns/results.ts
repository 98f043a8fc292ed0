/** What people did after they got a message. */
export const reactions = ['bounced', 'replied', 'unsubscribed', 'complained'] as const;
export type Reaction = (typeof reactions)[number];

/** A message that reached a person, or may have. */
export interface Delivered {
  /** Id of the campaign. */
  campaign: string;
  /** Id of the contact as he is now, and his reference. */
  contact: string;
  ref: string;
  /** Canonical. */
  address: string;
  message_id: string;
  /** Epoch milliseconds. */
  at: number;
}

/** Something on file that may be an answer to a message. */
export interface Trace {
  what: Reaction;
  /** Of the record that says so. */
  ref: string;
  /** Epoch milliseconds; undefined where the record gives no time. */
  at: number | undefined;
  /** Id of the campaign that the record itself names. */
  campaign?: string | undefined;
  /** Message-IDs that it answers. */
  answers?: readonly string[];
  /** Ids of the contacts it is of. */
  contacts?: readonly string[];
  /** Canonical addresses it is of. */
  addresses?: readonly string[];
  /** Whether it counts only where it names the campaign or answers its message, and not for its time alone. */
  named?: boolean;
}

/** One person's reaction, with the record that proves it. */
export interface Reacted {
  what: Reaction;
  /** Of the contact. */
  ref: string;
  address: string;
  /** Epoch milliseconds. */
  at: number | null;
  evidence: string;
}

/**
 * Finds what people did because of a campaign. What names the campaign, or answers one of its messages, belongs to it;
 * what names none belongs to the last message that the person got before, of whichever campaign that was. So each
 * counts for one campaign. A person counts once for each reaction, by its first proof.
 * @param messages of all campaigns
 */
export function reactionsTo(
  campaign: string,
  messages: readonly Delivered[],
  traces: Iterable<Trace>,
): Reacted[] {
  const mine = messages.filter((message) => message.campaign === campaign);
  const byMessageId = new Map(mine.map((message) => [message.message_id, message]));
  const byContact = grouped(messages, ({ contact }) => contact);
  const byAddress = grouped(messages, ({ address }) => address);
  const found = new Map<string, Reacted>();

  for (const trace of traces) {
    for (const message of concerned(trace)) {
      const key = `${trace.what}\0${message.contact}`;
      const at = trace.at ?? null;
      const known = found.get(key);
      if (known && (known.at ?? Number.POSITIVE_INFINITY) <= (at ?? Number.POSITIVE_INFINITY)) continue;
      found.set(key, {
        what: trace.what,
        ref: message.ref,
        address: message.address,
        at,
        evidence: trace.ref,
      });
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      reactions.indexOf(a.what) - reactions.indexOf(b.what) ||
      (a.at ?? 0) - (b.at ?? 0) ||
      (a.ref < b.ref ? -1 : 1),
  );

  /** The messages of this campaign that a trace is about. */
  function concerned(trace: Trace): Delivered[] {
    const answered = (trace.answers ?? []).flatMap((id) => byMessageId.get(id) ?? []);
    if (answered.length > 0) return answered;
    const got = new Set([
      ...(trace.contacts ?? []).flatMap((contact) => byContact.get(contact) ?? []),
      ...(trace.addresses ?? []).flatMap((address) => byAddress.get(address) ?? []),
    ]);
    if (trace.campaign !== undefined)
      return trace.campaign === campaign ? [...got].filter((message) => message.campaign === campaign) : [];
    const { at } = trace;
    if (trace.named || at === undefined) return [];
    const before = [...got].filter((message) => message.at <= at).sort((a, b) => b.at - a.at)[0];
    return before?.campaign === campaign ? [before] : [];
  }
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
