import type { Campaign } from '../../domain/campaigns/campaign.js';
import { type Delivered, type Reacted, type Reaction, reactionsTo } from '../../domain/campaigns/results.js';
import type { EngagementCounts } from '../../domain/events/engagement.js';
import { idOfRef } from '../../domain/records/ids.js';
import { isoInstant } from '../../domain/time/clock.js';
import type { Workspace } from '../../workspace/workspace.js';
import { findRecord } from '../find-record.js';
import { customersOf } from '../reports/customers.js';
import { campaignEvents } from './campaign-events.js';
import { campaignJournals, leftAt, mayHaveArrived } from './campaign-journals.js';
import { type CampaignStatus, campaignStatus } from './campaign-status.js';
import { tracesOf } from './traces.js';

/** A person of a campaign's result, with the record that proves it. */
export interface ResultPerson {
  result: Reaction | 'clicked' | 'rejected' | 'unknown' | 'deferred';
  ref: string;
  name: string;
  address: string;
  at: string | null;
  /** Reference of a record, or of an imported event; what the server said, or why a person decided so. */
  evidence: string | null;
}

export interface CampaignResults
  extends CampaignStatus,
    Record<Reaction, number>,
    Record<keyof EngagementCounts, number | null> {
  people: ResultPerson[];
}

/** Where no events were imported nobody knows. */
const nothingKnown: Record<keyof EngagementCounts, null> = {
  delivered: null,
  soft_bounced: null,
  dropped: null,
  clicked: null,
  clicked_by_machines: null,
  clicked_by_unknown: null,
  opened: null,
  opened_by_proxies: null,
};

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
  const { engagement, traces } = await campaignEvents(workspace, campaign);
  const reacted = reactionsTo(campaign.id, messages, [
    ...(await tracesOf(workspace, subject, mine)),
    ...traces,
  ]);
  const own = journals.find((journal) => journal.campaign.id === campaign.id)?.records ?? [];
  const customer = customersOf(
    index,
    own.map(({ intent }) => intent.contact),
  );
  const named = (ref: string) => customer(ref);
  const { timeZone } = workspace.clock;
  const byMessageId = new Map(mine.map((message) => [message.message_id, message]));
  const count = (what: Reaction) => reacted.filter((one) => one.what === what).length;
  return {
    ...status,
    bounced: count('bounced'),
    replied: count('replied'),
    unsubscribed: count('unsubscribed'),
    complained: count('complained'),
    ...(engagement.counts() ?? nothingKnown),
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
      ...[...engagement.firstClicks()].flatMap(({ message_id, at, ref }): ResultPerson[] => {
        const message = byMessageId.get(message_id);
        if (!message) return [];
        const { address } = message;
        return [
          { result: 'clicked', ...named(message.ref), address, at: isoInstant(at, timeZone), evidence: ref },
        ];
      }),
    ],
  };
}
