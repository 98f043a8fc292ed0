import type { Campaign } from '../../domain/campaigns/campaign.js';
import { type Delivered, type Reacted, type Reaction, reactionsTo } from '../../domain/campaigns/results.js';
import { idOfRef } from '../../domain/records/ids.js';
import { isoInstant } from '../../domain/time/clock.js';
import type { Workspace } from '../../workspace/workspace.js';
import { findRecord } from '../find-record.js';
import { customersOf } from '../reports/customers.js';
import { campaignJournals, leftAt, mayHaveArrived } from './campaign-journals.js';
import { type CampaignStatus, campaignStatus } from './campaign-status.js';
import { tracesOf } from './traces.js';

/** A person of a campaign's result, with the record that proves it. */
export interface ResultPerson {
  result: Reaction | 'rejected' | 'unknown' | 'deferred';
  ref: string;
  name: string;
  address: string;
  at: string | null;
  /** Reference of a record; what the server said, or why a person decided so. */
  evidence: string | null;
}

export interface CampaignResults extends CampaignStatus, Record<Reaction, number> {
  /** Not counted: no message carries a link that tells. */
  clicked: null;
  people: ResultPerson[];
}

/**
 * What became of a campaign: what left, and what came back because of it.
 * @throws ItacaError `not_found`; `invalid` where a journal cannot be read, for then the counts would be wrong
 */
export async function campaignResults(workspace: Workspace, which: string): Promise<CampaignResults> {
  const campaign = await findRecord<Campaign>(workspace, which, ['campaign']);
  const status = await campaignStatus(workspace, campaign.id);
  const journals = await campaignJournals(workspace);
  const index = await workspace.index();
  const survivors = new Map(index.merged(['contact']).map(({ id, survivor }) => [id, survivor]));
  const messages = journals.flatMap((journal) =>
    journal.records.filter(mayHaveArrived).map((record): Delivered => {
      const { contact, address, message_id } = record.intent;
      const id = idOfRef(contact) ?? contact;
      return {
        campaign: journal.campaign.id,
        contact: survivors.get(id) ?? id,
        ref: contact,
        address,
        message_id,
        at: leftAt(record),
      };
    }),
  );
  const mine = messages.filter((message) => message.campaign === campaign.id);
  const subject = { id: campaign.id, purpose: campaign.data.purpose };
  const reacted = reactionsTo(campaign.id, messages, await tracesOf(workspace, subject, mine));
  const own = journals.find((journal) => journal.campaign.id === campaign.id)?.records ?? [];
  const customer = customersOf(
    index,
    own.map(({ intent }) => intent.contact),
  );
  const named = (ref: string) => customer(ref);
  const { timeZone } = workspace.clock;
  const count = (what: Reaction) => reacted.filter((one) => one.what === what).length;
  return {
    ...status,
    bounced: count('bounced'),
    replied: count('replied'),
    unsubscribed: count('unsubscribed'),
    complained: count('complained'),
    clicked: null,
    people: [
      ...own.flatMap(({ state, intent, outcome }): ResultPerson[] =>
        state === 'sent'
          ? []
          : [
              {
                result: state,
                ...named(intent.contact),
                address: intent.address,
                at: outcome?.at ?? intent.at,
                evidence: outcome?.reply ?? outcome?.why ?? null,
              },
            ],
      ),
      ...reacted.map(
        ({ what, ref, address, at, evidence }: Reacted): ResultPerson => ({
          result: what,
          ...named(ref),
          address,
          at: at === null ? null : isoInstant(at, timeZone),
          evidence,
        }),
      ),
    ],
  };
}
