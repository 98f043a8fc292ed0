import type { EventFacts, EventSource, Reading, ReportedEvent } from '../event.js';
import { given, isObject, type Json, short, textAt } from '../fields.js';

/** How one provider writes its events as JSON. */
export interface EventFormat {
  source: EventSource;
  /** Whether an object is one of this provider's, by its shape. */
  is(value: Json): boolean;
  /** The events of such an object: several where it is a page of them, or tells of several people. */
  read(value: Json): Reading[];
}

const longest = { reason: 500, url: 2000, agent: 300, key: 200 };

/** What a reader found, of which anything but the kind may be missing. */
type Draft = { [K in keyof Omit<EventFacts, 'source' | 'event'>]: EventFacts[K] | undefined } & {
  event: EventFacts['event'];
  at: number | undefined;
  address?: string | undefined;
  messageIds?: (string | undefined)[];
  tokens?: (string | undefined)[];
  tags?: (string | undefined)[];
};

const known = (texts: (string | undefined)[] = []) => texts.filter((text) => text !== undefined);

/** An event, cut to what a ledger keeps; a fault where it does not say when it happened. */
export function reported(source: EventSource, { at, address, ...draft }: Draft): Reading {
  if (at === undefined) return { fault: `${source}: the event says no time that can be read` };
  const { messageIds, tokens, tags, reason, url, agent, key, ...facts } = draft;
  const event: ReportedEvent = given({
    source,
    at,
    address: short(address, 320),
    messageIds: known(messageIds),
    tokens: known(tokens),
    tags: known(tags),
    ...given(facts),
    event: draft.event,
    reason: short(reason, longest.reason),
    url: short(url, longest.url),
    agent: short(agent, longest.agent),
    key: short(key, longest.key),
  });
  return { event };
}

/** The variables that a sender may have given a message of ours, by whatever way a provider hands them back. */
export function variables(...maps: unknown[]): { messageIds: string[]; tokens: string[]; tags: string[] } {
  const found = { messageIds: [] as string[], tokens: [] as string[], tags: [] as string[] };
  for (const map of maps.filter(isObject)) {
    for (const [into, key] of [
      ['messageIds', 'message_id'],
      ['tokens', 'token'],
      ['tags', 'campaign'],
    ] as const) {
      const text = textAt(map, key) ?? textAt(map, `itaca_${key}`);
      if (text !== undefined) found[into].push(text);
    }
  }
  return found;
}

/** The token in an envelope sender, `bounces+<token>@…`. */
export function tokenOf(sender: string | undefined): string | undefined {
  return /\+([^+@\s]+)@[^@]+$/.exec(sender ?? '')?.[1];
}
