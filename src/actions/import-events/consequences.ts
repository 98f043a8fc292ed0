import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { Consent } from '../../domain/consent/consent.js';
import { standing } from '../../domain/consent/standing.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { type Consequence, consequenceOf } from '../../domain/events/consequence.js';
import type { EventLine } from '../../domain/events/event.js';
import { derivedId } from '../../domain/records/derived-id.js';
import { endOf, isoInstant } from '../../domain/time/clock.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { mergedForSend } from '../campaign/merged.js';
import { newRecord } from '../new-record.js';
import { suppressionsOf } from '../suppressions.js';
import type { Tools } from '../tools.js';

interface Noted extends Consequence {
  line: EventLine;
  campaign: StoredRecord<Campaign>;
}

/** What follows from events: who is written to no more. Openings and clicks have no such consequence. */
export class Consequences {
  readonly #noted = new Map<string, Noted>();

  /** Notes what follows from an event; the first of each kind for an address is the one on record. */
  note(line: EventLine, campaign: StoredRecord<Campaign>): void {
    const consequence = consequenceOf(line);
    if (!consequence) return;
    const key = `${line.address}\0${scopeOf(consequence, campaign)}\0${consequence.reason}`;
    const known = this.#noted.get(key);
    if (!known || line.at < known.line.at) this.#noted.set(key, { ...consequence, line, campaign });
  }

  /**
   * The records to be written: a suppression for each address that has none as strict, and for who unsubscribed the
   * consent withdrawn. The ids derive from the address and nobody is named as who did it, so that two clones that import
   * one file make the same records.
   */
  async changes(tools: Tools): Promise<{ changes: Change[]; suppressed: number }> {
    const suppressions: Change[] = [];
    for (const noted of this.#noted.values()) {
      const created = await suppressionFor(noted, this.#noted.size, tools);
      if (created) suppressions.push(created);
    }
    const withdrawn = await withdrawals([...this.#noted.values()], tools);
    return { changes: [...suppressions, ...withdrawn], suppressed: suppressions.length };
  }
}

/** An unsubscribe is from messages of the campaign's purpose, as its link says; the others are from all. */
function scopeOf({ everything }: Consequence, { data }: StoredRecord<Campaign>): string {
  return everything ? 'all' : data.purpose;
}

async function suppressionFor(noted: Noted, expected: number, tools: Tools): Promise<Change | undefined> {
  const { line, campaign, reason } = noted;
  const { config, clock } = tools.workspace;
  const scope = scopeOf(noted, campaign);
  const stands = (await suppressionsOf(tools.workspace, line.address)).some(
    ({ data }) =>
      data.address !== undefined &&
      ((data.scope ?? 'all') === 'all' || data.scope === scope) &&
      // A bounce closes one address; what a person said counts for all of his.
      (data.reason !== 'hard_bounce' || reason === 'hard_bounce'),
  );
  if (stands) return undefined;
  const data = {
    address: line.address,
    scope,
    reason,
    at: isoInstant(Date.parse(line.at), clock.timeZone),
    source: sourceOf(noted),
  };
  const id = derivedId(config.id, 'suppression', `${line.address}\0${scope}\0${reason}`);
  return newRecord('suppression', data, { title: line.address, id, expected }, tools);
}

async function withdrawals(all: readonly Noted[], tools: Tools): Promise<Change[]> {
  const { config, clock } = tools.workspace;
  const index = await tools.workspace.index();
  const { survivorOf } = mergedForSend(index);
  const now = clock.now();
  const over = (when: string) => (endOf(when, clock.timeZone) ?? Number.POSITIVE_INFINITY) <= now;
  const isPurpose = (purpose: string) => purpose in (config.purposes ?? { [purpose]: true });
  const byContact = new Map<string, { record: StoredRecord<Contact>; words: Consent[] }>();
  for (const noted of all.filter(({ reason }) => reason === 'unsubscribed')) {
    const { line, campaign } = noted;
    const { purpose } = campaign.data;
    const record = index.get(survivorOf(line.contact) ?? '') as unknown as StoredRecord<Contact> | undefined;
    if (!record) continue;
    const entry = byContact.get(record.id) ?? { record, words: [] };
    const said = [...(record.data.consents ?? []), ...entry.words];
    const { state } = standing(said, purpose, 'email', over, isPurpose);
    if (state === 'withdrawn' || state === 'refused') continue;
    const at = isoInstant(Date.parse(line.at), clock.timeZone);
    entry.words.push({
      purpose,
      channel: 'email',
      state: 'withdrawn',
      at,
      source: sourceOf(noted),
    });
    byContact.set(record.id, entry);
  }
  return [...byContact.values()].map(({ record: { id, path }, words }) => ({
    op: 'update',
    kind: 'contact',
    id,
    path,
    set: {},
    append: { consents: words },
  }));
}

/** Where it comes from, naming the campaign, so that the results of the campaign know it. */
function sourceOf({ line, campaign }: Noted): string {
  return `${line.source} event ${line.id}, campaign ${campaign.ref}`;
}
