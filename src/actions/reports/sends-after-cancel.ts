import { createHmac } from 'node:crypto';
import type { Agreement } from '../../domain/agreements/agreement.js';
import { type Forbidden, forbiddenWhenItLeft, type Left } from '../../domain/campaigns/forbidden-since.js';
import { activeHolds } from '../../domain/campaigns/holds.js';
import type { Case } from '../../domain/cases/case.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import { isOffer } from '../../domain/interactions/offer.js';
import { idOfRef } from '../../domain/records/ids.js';
import { indexSuppressions } from '../../domain/suppression/match.js';
import type { Suppression } from '../../domain/suppression/suppression.js';
import { endOf, isoInstant } from '../../domain/time/clock.js';
import { isWithin, type Period } from '../../domain/time/period.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { campaignJournals, leftAt, mayHaveArrived } from '../campaign/campaign-journals.js';
import { leavingOf } from '../campaign/left-outbox.js';
import { mergedForSend } from '../campaign/merged.js';
import { customersOf } from './customers.js';

/** A message that left although it was forbidden. */
export interface ForbiddenSend {
  /** When it left, ISO 8601. */
  at: string;
  state: 'sent' | 'unknown';
  ref: string;
  name: string;
  /** Null for a letter that was logged by hand. */
  address: string | null;
  campaign: string | null;
  /** The interaction, of what was logged by hand. */
  interaction: string | null;
  title: string;
  office: string | null;
  reason: Forbidden['reason'];
  /** Since when it was forbidden, ISO 8601. */
  since: string;
  detail: string;
  /** Reference of the record that forbade it. */
  evidence: string;
}

/**
 * Messages that left, or may have left, after the person's no was on file; it should find none. What waits in the outbox
 * has not left. What somebody else sends
 * for us, such as a catalogue of a mailing house, counts by what is logged of it.
 * @throws ItacaError `invalid` where a journal cannot be read: a message in it might be one of these
 */
export async function reportSendsAfterCancel(workspace: Workspace, period: Period): Promise<ForbiddenSend[]> {
  const journals = await campaignJournals(workspace);
  const leaving = await leavingOf(workspace);
  const index = await workspace.index();
  const { config, clock } = workspace;
  const { survivorOf } = mergedForSend(index);
  const list = <T>(kind: 'agreement' | 'suppression' | 'contact' | 'case', query = '1') =>
    index.select(`r.kind = ? and ${query}`, [kind]) as unknown as StoredRecord<T>[];

  const refs = new Map(list<Suppression>('suppression').map(({ data, ref }) => [data, ref]));
  const isPurpose = (purpose: string) => purpose in (config.purposes ?? { [purpose]: true });
  const suppressions = indexSuppressions(refs.keys(), {
    canonicalEmail,
    isPurpose,
    hmac: (canonical) =>
      createHmac('sha256', config.salt ?? '')
        .update(canonical)
        .digest('hex'),
  });
  // A no that was said under another address of the person counts for him; a bounce closes one address alone.
  const otherAddresses = new Map<string, string[]>();
  for (const { address, reason } of refs.keys()) {
    const canonical = address === undefined ? undefined : canonicalEmail(address);
    if (canonical === undefined || reason === 'hard_bounce') continue;
    for (const { id } of index.byKey('email', canonical, ['contact']))
      otherAddresses.set(id, [...(otherAddresses.get(id) ?? []), canonical]);
  }
  // Consents matter only where one of them is a no.
  const saidNo = `(instr(r.data, '"withdrawn"') > 0 or instr(r.data, '"refused"') > 0)`;
  const consents = new Map(list<Contact>('contact', saidNo).map((one) => [one.id, one]));
  const agreements = new Map<string, { ref: string; data: Agreement }[]>();
  for (const { ref, data } of list<Agreement>('agreement')) {
    const party = data.contact === undefined ? undefined : survivorOf(data.contact);
    if (party !== undefined) agreements.set(party, [...(agreements.get(party) ?? []), { ref, data }]);
  }

  const cancellations = new Map<string, { ref: string; data: Case }[]>();
  for (const { ref, data } of list<Case>('case', `json_extract(r.data, '$.type') = 'cancellation'`)) {
    const party = data.contact === undefined ? undefined : survivorOf(data.contact);
    if (party !== undefined) cancellations.set(party, [...(cancellations.get(party) ?? []), { ref, data }]);
  }

  const suppressed = (id: string, own: readonly string[], purpose: string) =>
    [...new Set([...own, ...(otherAddresses.get(id) ?? [])])].flatMap((one) =>
      suppressions
        .find(one, purpose)
        .filter(({ reason }) => own.includes(one) || reason !== 'hard_bounce')
        .map((data) => ({ ref: refs.get(data) ?? '', data })),
    );
  const judged = (id: string, own: readonly string[], left: Left) =>
    forbiddenWhenItLeft(
      {
        ref: consents.get(id)?.ref,
        consents: consents.get(id)?.data.consents ?? [],
        suppressions: suppressed(id, own, left.purpose),
        agreements: agreements.get(id) ?? [],
        cancellations: cancellations.get(id),
      },
      left,
      (when) => endOf(when, clock.timeZone),
      isPurpose,
    )[0];

  const mailed = journals.flatMap(({ campaign, office, records, purposeOf }) => {
    const { channel = 'email', title } = campaign.data;
    const holdsCancelled = activeHolds(campaign.data).has('agreement_cancelled');
    return records.filter(mayHaveArrived).flatMap((sent) => {
      const record = leaving(sent);
      if (!record || !mayHaveArrived(record)) return [];
      const { contact, address } = sent.intent;
      const purpose = purposeOf(sent);
      // What was filed between the intent and the server's answer came too late for anybody to heed.
      const at = Date.parse(record.intent.at);
      if (!isWithin(period, leftAt(record))) return [];
      const id = survivorOf(contact) ?? idOfRef(contact) ?? contact;
      const first = judged(id, [address], { at, purpose, channel, holdsCancelled });
      if (!first) return [];
      const { state } = record;
      return [
        { at, state, contact, address, campaign: campaign.ref, interaction: null, title, office, first },
      ];
    });
  });
  const concerned = new Set(
    [agreements, cancellations, consents, otherAddresses].flatMap((known) => [...known.keys()]),
  );
  const logged = [...concerned].flatMap((id) =>
    (index.naming(id, ['interaction']) as unknown as StoredRecord<Interaction>[]).flatMap(({ data, ref }) => {
      const at = Date.parse(data.at);
      if (!isOffer(data, isPurpose) || !isWithin(period, at)) return [];
      const { channel, campaign = null, subject, topics = [] } = data;
      const purpose = topics.find(isPurpose) ?? '';
      const first = judged(id, [], { at, purpose, channel, holdsCancelled: true });
      if (!first) return [];
      const office = null;
      const contact = data.contacts?.find((one) => survivorOf(one) === id);
      const of = { contact: contact ?? id, address: null, campaign, interaction: ref, office };
      return [{ at, state: 'sent' as const, ...of, title: subject ?? ref, first }];
    }),
  );
  const found = [...mailed, ...logged];
  const customer = customersOf(index, new Set(found.map(({ contact }) => contact)));
  const iso = (at: number) => isoInstant(at, clock.timeZone);
  return found
    .sort((a, b) => b.at - a.at || (`${a.address}` < `${b.address}` ? -1 : 1))
    .map(({ at, state, contact, first: { reason, ref, since, detail }, ...of }) => ({
      at: iso(at),
      state: state as ForbiddenSend['state'],
      ...customer(contact),
      ...of,
      reason,
      since: iso(since),
      detail,
      evidence: ref,
    }));
}
