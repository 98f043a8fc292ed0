import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { eventRef } from '../../domain/events/event.js';
import type { SendRecord } from '../../domain/sending/ledger.js';
import { openTransport } from '../../mail/open-transport.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { eventsOf } from './campaign-events.js';
import { campaignResults } from './campaign-results.js';

/** A message that may have left or not, with all that is known of it. */
export interface Doubt {
  /** Canonical. */
  address: string;
  /** Of the contact. */
  ref: string;
  name: string;
  /** When it was about to leave, ISO 8601. */
  at: string;
  message_id: string;
  transport: string;
  /** What the journal says; null where the send was cut off before it could say anything. */
  said: string | null;
  /** Whether the outbox or the folder of messages holds it; null where that cannot be known. */
  held: boolean | null;
  /**
   * What speaks for its arrival: records (`replied`, `bounced` and so on, or `on_file` for the message itself) and
   * imported events (`delivered` and so on).
   */
  evidence: { what: string; ref: string }[];
  /** What the evidence proves, if anything. */
  suggests: 'sent' | null;
}

/**
 * The messages of a campaign that are in doubt, each with the evidence.
 * @param records of the campaign's journals
 */
export async function doubtsOf(
  workspace: Workspace,
  campaign: StoredRecord<Campaign>,
  records: readonly SendRecord[],
  environment: NodeJS.ProcessEnv,
): Promise<Doubt[]> {
  const unknown = records.filter(({ state }) => state === 'unknown');
  if (unknown.length === 0) return [];
  const { people } = await campaignResults(workspace, campaign.id);
  const holds = holderOf(workspace, environment);
  const copies = await copiesOnFile(workspace, unknown);
  const events = await eventsOf(workspace, campaign, new Set(unknown.map(({ intent }) => intent.message_id)));
  const doubts: Doubt[] = [];
  for (const { intent, outcome } of unknown) {
    const { address, at, message_id, transport } = intent;
    const own = people.filter((one) => one.address === address);
    const person = own.find(({ result }) => result === 'unknown');
    const reactions = own
      .filter(({ result, evidence }) => result !== 'unknown' && evidence !== null)
      .map(({ result, evidence }) => ({ what: result, ref: evidence ?? '' }));
    const told = events.get(message_id) ?? [];
    const evidence = [
      ...(copies.get(message_id) ?? []).map((ref) => ({ what: 'on_file', ref })),
      ...reactions,
      ...told
        .filter(({ event }) => reactions.every(({ what }) => what !== event))
        .map((line) => ({ what: line.event, ref: eventRef(line) })),
    ];
    const held = await holds(transport, message_id);
    // Who unsubscribed may have done so for another reason; a reply or a bounce answers a message that left, and what a
    // provider tells of a message it was given.
    const proof =
      told.length > 0 || evidence.some(({ what }) => ['on_file', 'replied', 'bounced'].includes(what));
    doubts.push({
      address,
      ref: person?.ref ?? intent.contact,
      name: person?.name ?? intent.contact,
      at,
      message_id,
      transport,
      said: outcome?.reply ?? null,
      held,
      evidence,
      suggests: held || proof ? 'sent' : null,
    });
  }
  return doubts;
}

/** Interactions that carry the Message-ID of a message themselves, such as an import of the provider's log. */
async function copiesOnFile(
  workspace: Workspace,
  unknown: readonly SendRecord[],
): Promise<Map<string, string[]>> {
  const wanted = JSON.stringify(unknown.map(({ intent }) => intent.message_id));
  const found = new Map<string, string[]>();
  const records = (await workspace.index()).select(
    `r.kind = 'interaction' and json_extract(r.data, '$.message_id') in (select value from json_each(?))`,
    [wanted],
  );
  for (const { ref, data } of records) {
    const id = String(data.message_id);
    found.set(id, [...(found.get(id) ?? []), ref]);
  }
  return found;
}

/** Asks the folders that messages may lie in. A folder that is not there is not made. */
function holderOf({ root, config }: Workspace, environment: NodeJS.ProcessEnv) {
  const opened = new Map<string, ReturnType<typeof openTransport>>();
  return async (transport: string, messageId: string): Promise<boolean | null> => {
    if ((transport !== 'outbox' && transport !== 'eml') || !existsSync(join(root, transport))) return null;
    const known = opened.get(transport) ?? openTransport(root, { ...config.mail, transport }, environment);
    opened.set(transport, known);
    return (await (await known).holds?.(messageId)) ?? null;
  };
}
