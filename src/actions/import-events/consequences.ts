import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { Consent } from '../../domain/consent/consent.js';
import { standing } from '../../domain/consent/standing.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { consequenceOf } from '../../domain/events/consequence.js';
import type { EventLine } from '../../domain/events/event.js';
import { derivedId } from '../../domain/records/derived-id.js';
import type { Suppression } from '../../domain/suppression/suppression.js';
import { endOf, isoInstant } from '../../domain/time/clock.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { mergedForSend } from '../campaign/merged.js';
import { newRecord } from '../new-record.js';
import { suppressionsOf } from '../suppressions.js';
import type { Tools } from '../tools.js';

/** Why an address is written to no more, as something that came in says. */
export interface Wish {
  /** Canonical. */
  address: string;
  /** Reference of whose address it is, where that is known. */
  contact?: string | undefined;
  /** `all`, or one purpose. */
  scope: string;
  reason: Suppression['reason'];
  /** When it was said, ISO 8601. */
  at: string;
  /** Where it comes from. */
  source: string;
  /** For who unsubscribed: the purposes that he takes his consent back for. */
  purposes: readonly string[];
}

/** What follows from events: who is written to no more. Openings and clicks have no such consequence. */
export class Consequences {
  readonly #wishes = new Map<string, Wish>();

  /** Notes what follows from an event of a campaign's message. */
  note(line: EventLine, campaign: StoredRecord<Campaign>): void {
    const consequence = consequenceOf(line);
    if (!consequence) return;
    const { reason, everything } = consequence;
    const { address, contact, at } = line;
    const { purpose } = campaign.data;
    this.add({
      address,
      contact,
      // An unsubscribe is from messages of the campaign's purpose, as its link says; the others are from all.
      scope: everything ? 'all' : purpose,
      reason,
      at,
      source: sourceOf(line, campaign),
      purposes: reason === 'unsubscribed' ? [purpose] : [],
    });
  }

  /** Notes what somebody wants; the first of each kind for an address is the one on record. */
  add(wish: Wish): void {
    const key = `${wish.address}\0${wish.scope}\0${wish.reason}`;
    const known = this.#wishes.get(key);
    if (!known || Date.parse(wish.at) < Date.parse(known.at)) this.#wishes.set(key, wish);
  }

  /**
   * The records to be written: a suppression for each address that has none as strict, and for who unsubscribed the
   * consent withdrawn. The ids derive from the address and nobody is named as who did it, so that two clones that import
   * one file make the same records.
   */
  async changes(tools: Tools): Promise<{ changes: Change[]; suppressed: number }> {
    const suppressions: Change[] = [];
    const addresses = new Set<string>();
    for (const wish of this.#wishes.values()) {
      const created = await suppressionFor(wish, this.#wishes.size, tools);
      if (!created) continue;
      suppressions.push(created);
      addresses.add(wish.address);
    }
    const withdrawn = await withdrawals([...this.#wishes.values()], tools);
    return { changes: [...suppressions, ...withdrawn], suppressed: addresses.size };
  }
}

async function suppressionFor(wish: Wish, expected: number, tools: Tools): Promise<Change | undefined> {
  const { address, scope, reason, at, source } = wish;
  const { config, clock } = tools.workspace;
  const stands = (await suppressionsOf(tools.workspace, address)).some(
    ({ data }) =>
      data.address !== undefined &&
      ((data.scope ?? 'all') === 'all' || data.scope === scope) &&
      // A bounce closes one address; what a person said counts for all of his.
      (data.reason !== 'hard_bounce' || reason === 'hard_bounce'),
  );
  if (stands) return undefined;
  const data = { address, scope, reason, at: isoInstant(Date.parse(at), clock.timeZone), source };
  const id = derivedId(config.id, 'suppression', `${address}\0${scope}\0${reason}`);
  return newRecord('suppression', data, { title: address, id, expected }, tools);
}

async function withdrawals(all: readonly Wish[], tools: Tools): Promise<Change[]> {
  const { config, clock } = tools.workspace;
  const index = await tools.workspace.index();
  const { survivorOf } = mergedForSend(index);
  const now = clock.now();
  const over = (when: string) => (endOf(when, clock.timeZone) ?? Number.POSITIVE_INFINITY) <= now;
  const isPurpose = (purpose: string) => purpose in (config.purposes ?? { [purpose]: true });
  const byContact = new Map<string, { record: StoredRecord<Contact>; words: Consent[] }>();
  for (const { contact, at, source, purposes } of all) {
    if (contact === undefined || purposes.length === 0) continue;
    const record = index.get(survivorOf(contact) ?? '') as unknown as StoredRecord<Contact> | undefined;
    if (!record) continue;
    const entry = byContact.get(record.id) ?? { record, words: [] };
    byContact.set(record.id, entry);
    for (const purpose of purposes) {
      const said = [...(record.data.consents ?? []), ...entry.words];
      const { state } = standing(said, purpose, 'email', over, isPurpose);
      if (state === 'withdrawn' || state === 'refused') continue;
      const when = isoInstant(Date.parse(at), clock.timeZone);
      entry.words.push({ purpose, channel: 'email', state: 'withdrawn', at: when, source });
    }
  }
  return [...byContact.values()]
    .filter(({ words }) => words.length > 0)
    .map(({ record: { id, path }, words }) => ({
      op: 'update',
      kind: 'contact',
      id,
      path,
      set: {},
      append: { consents: words },
    }));
}

/** Where it comes from, naming the campaign, so that the results of the campaign know it. */
function sourceOf({ source, id }: EventLine, campaign: StoredRecord<Campaign>): string {
  return `${source} event ${id}, campaign ${campaign.ref}`;
}
