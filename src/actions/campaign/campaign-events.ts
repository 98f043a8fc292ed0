import type { Reaction, Trace } from '../../domain/campaigns/results.js';
import { Engagement } from '../../domain/events/engagement.js';
import { type EventLine, eventRef } from '../../domain/events/event.js';
import { readEventLedgers } from '../../workspace/event-ledger.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { eventsFolder } from '../import-events/event-ledgers.js';

/** What the imported events say of a campaign. */
export interface CampaignEvents {
  engagement: Engagement;
  /** Bounces, complaints and unsubscribes, each of one message. */
  traces: Trace[];
}

type Campaign = Pick<StoredRecord, 'id' | 'path'>;

const byEvent: Partial<Record<EventLine['event'], Reaction>> = {
  bounced: 'bounced',
  unsubscribed: 'unsubscribed',
  complained: 'complained',
};

/**
 * Reads the events of a campaign once.
 * @throws ItacaError `invalid` where a ledger cannot be read, for then the counts would be wrong
 */
export async function campaignEvents(workspace: Workspace, campaign: Campaign): Promise<CampaignEvents> {
  const engagement = new Engagement();
  const traces: Trace[] = [];
  for await (const line of readEventLedgers(eventsFolder(workspace, campaign))) {
    engagement.add(line);
    const what = byEvent[line.event];
    if (what === undefined) continue;
    const at = Date.parse(line.at);
    traces.push({ what, ref: eventRef(line), at, campaign: campaign.id, answers: [line.message_id] });
  }
  return { engagement, traces };
}

/** The events of some messages, by Message-ID: each kind once, the first by time. */
export async function eventsOf(
  workspace: Workspace,
  campaign: Campaign,
  messageIds: ReadonlySet<string>,
): Promise<Map<string, EventLine[]>> {
  const wanted = (text: string) => messageIds.has(/"message_id":"([^"]*)"/.exec(text)?.[1] ?? '');
  const found = new Map<string, EventLine[]>();
  for await (const line of readEventLedgers(eventsFolder(workspace, campaign), wanted)) {
    const others = (found.get(line.message_id) ?? []).filter(({ event }) => event !== line.event);
    const same = found.get(line.message_id)?.find(({ event }) => event === line.event);
    found.set(line.message_id, [...others, same && same.at <= line.at ? same : line]);
  }
  return found;
}
