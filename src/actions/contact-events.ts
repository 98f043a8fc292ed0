import { existsSync } from 'node:fs';
import type { Campaign } from '../domain/campaigns/campaign.js';
import { type Actor, actorOf, type Click, judgedClicks } from '../domain/events/actor.js';
import type { EventLine } from '../domain/events/event.js';
import { idOfRef } from '../domain/records/ids.js';
import { isoInstant } from '../domain/time/clock.js';
import { readEventLedgers } from '../workspace/event-ledger.js';
import type { StoredRecord } from '../workspace/records.js';
import type { Workspace } from '../workspace/workspace.js';
import { eventsFolder } from './import-events/event-ledgers.js';

/** What became of a message to a contact, or what he did with it; the same thing done often stands once. */
export interface ContactEvent {
  id: string;
  event: EventLine['event'];
  /** Reference and title of the campaign. */
  campaign: string;
  title: string;
  /** ISO 8601; the first time. */
  at: string;
  times: number;
  url: string | null;
  reason: string | null;
  /** Who opened or clicked; null where nobody did. */
  actor: Actor | null;
}

/**
 * The imported events of a contact and of those merged into it, the latest first. The ledgers of all campaigns are looked
 * through for his id.
 * @throws ItacaError `invalid` where a ledger cannot be read
 */
export async function contactEvents(workspace: Workspace, id: string): Promise<ContactEvent[]> {
  const index = await workspace.index();
  const merged = index.merged(['contact']).filter(({ survivor }) => survivor === id);
  const ids = [id, ...merged.map((one) => one.id)];
  const found: ContactEvent[] = [];
  for (const campaign of index.list({ kinds: ['campaign'] }) as unknown as StoredRecord<Campaign>[]) {
    const folder = eventsFolder(workspace, campaign);
    if (!existsSync(folder)) continue;
    const byMessage = new Map<string, EventLine[]>();
    for await (const line of readEventLedgers(folder, (text) => ids.some((one) => text.includes(one)))) {
      if (!ids.includes(idOfRef(line.contact) ?? '')) continue;
      const lines = byMessage.get(line.message_id) ?? [];
      byMessage.set(line.message_id, lines);
      lines.push(line);
    }
    for (const lines of byMessage.values())
      found.push(...togetherOf(lines, campaign, workspace.clock.timeZone));
  }
  return found.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function togetherOf(
  lines: readonly EventLine[],
  { ref, data: { title } }: StoredRecord<Campaign>,
  timeZone: string,
): ContactEvent[] {
  const moment = ({ at }: EventLine) => Date.parse(at);
  const delivered = lines.filter(({ event }) => event === 'delivered').map(moment);
  const clicks = lines
    .filter(({ event }) => event === 'clicked')
    .map((line): Click & { id: string } => ({
      at: moment(line),
      url: line.url,
      actor: actorOf(line),
      id: line.id,
    }));
  const clickers = new Map(judgedClicks(clicks, delivered).map(({ id, actor }) => [id, actor]));
  const found = new Map<string, ContactEvent>();
  for (const line of [...lines].sort((a, b) => moment(a) - moment(b))) {
    const { id, event, url = null, reason = null } = line;
    const actor = clickers.get(id) ?? (event === 'opened' ? actorOf(line) : null);
    const key = JSON.stringify([event, url, reason, actor]);
    const known = found.get(key);
    if (known) known.times++;
    else {
      const at = isoInstant(moment(line), timeZone);
      found.set(key, { id, event, campaign: ref, title, at, times: 1, url, reason, actor });
    }
  }
  return [...found.values()];
}
