import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { FrequencyLimit, PastMessage } from '../../domain/campaigns/past-messages.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import { readJournals } from '../../workspace/journal.js';
import { lastLineAt } from '../../workspace/last-line.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { type Bodies, readBodies } from './bodies.js';
import { likeness, textsOf } from './campaign-texts.js';
import type { MergedForSend } from './merged.js';
import { sendsFolder } from './sends-folder.js';

/** Earlier messages that may keep somebody from another one. */
export interface PastSends {
  /** Of this campaign. */
  own: PastMessage[];
  /** Of others, as far back as the limits of frequency look. */
  lately: PastMessage[];
  /** Of others with the same text, or nearly the same. */
  alike: PastMessage[];
  /** What was read, whole, by the id of the campaign. */
  read: Map<string, readonly PastMessage[]>;
}

const dayMs = 86_400_000;

/**
 * Reads what was sent before. Of campaigns that say something else, only the journals that were written lately are
 * read: what a house sent in ten years does not slow it down.
 */
export async function pastSends(
  workspace: Workspace,
  index: Index,
  {
    campaign,
    bodies,
    limits,
  }: { campaign: StoredRecord<Campaign>; bodies: Bodies; limits: readonly FrequencyLimit[] },
  merges: MergedForSend,
): Promise<PastSends> {
  const past: PastSends = { own: [], lately: [], alike: [], read: new Map() };
  const texts = textsOf(campaign.data, bodies, workspace);
  const days = Math.max(0, ...limits.map((limit) => limit.days));
  // The clocks of two machines may differ by something; the limits themselves count to the second.
  const since = workspace.clock.now() - (days + 1) * dayMs;
  const all = index.list({ kinds: ['campaign'] }) as unknown as StoredRecord<Campaign>[];
  const corrected = correctedBy(campaign, all);
  for (const other of all) {
    const folder = sendsFolder(workspace, other);
    const last = await lastLineAt(folder);
    if (last === Number.NEGATIVE_INFINITY) continue;
    const mine = other.id === campaign.id;
    const like = mine
      ? undefined
      : likeness(texts, textsOf(other.data, readBodies(workspace.root, other.path), workspace));
    const repeats = like === 'same' || (like !== undefined && !mayRepeat(campaign, other, corrected));
    if (!mine && !repeats && (limits.length === 0 || last < since)) continue;
    const resemblance = typeof like === 'number' ? { resemblance: like } : {};
    const messages = await messagesOf(other, workspace, merges, { accounted: mine, ...resemblance });
    past.read.set(other.id, messages);
    if (mine) past.own = messages;
    else {
      for (const message of messages) if (Date.parse(message.at) > since) past.lately.push(message);
      if (repeats) past.alike = past.alike.concat(messages);
    }
  }
  return past;
}

/**
 * The messages of a campaign that left, and those that may have.
 * @param how.accounted for a campaign whose own delivery accounts for what is in doubt
 * @param how.resemblance how much of the text is that of a message to be sent
 */
export async function messagesOf(
  campaign: StoredRecord<Campaign>,
  workspace: Workspace,
  { survivorOf }: MergedForSend,
  { accounted = false, ...more }: { accounted?: boolean; resemblance?: number } = {},
): Promise<PastMessage[]> {
  const { id, data } = campaign;
  const common = {
    campaign: id,
    title: data.title,
    ...(data.office ? { office: data.office } : {}),
    purpose: data.purpose,
    ...more,
  };
  const messages: PastMessage[] = [];
  const { ledger } = await readJournals(sendsFolder(workspace, campaign));
  for (const { state, intent } of ledger.records()) {
    const { address, at } = intent;
    const contact = survivorOf(intent.contact);
    // Of one that was merged since the delivery to its survivor knows nothing.
    const doubtful = state === 'unknown' && !(accounted && contact === idOfRef(intent.contact));
    if (state !== 'sent' && !doubtful) continue;
    const message: PastMessage = { ...common, address, at };
    if (contact !== undefined) message.contact = contact;
    messages.push(message);
  }
  return messages;
}

/**
 * Whether a campaign may say nearly what another one said: where it puts that one right, or both are issues of one
 * series, which its house has named.
 */
function mayRepeat(
  { data: { series, office } }: StoredRecord<Campaign>,
  { id, data: other }: StoredRecord<Campaign>,
  corrected: ReadonlySet<string>,
): boolean {
  return corrected.has(id) || (series !== undefined && series === other.series && office === other.office);
}

/** Ids of the campaign that this one puts right, and of those that it put right in its turn. */
function correctedBy(campaign: StoredRecord<Campaign>, all: readonly StoredRecord<Campaign>[]): Set<string> {
  const byId = new Map(all.map((one) => [one.id, one.data]));
  const found = new Set<string>();
  for (let at: Campaign | undefined = campaign.data; at?.corrects !== undefined; ) {
    const id = idOfRef(at.corrects);
    if (id === undefined || found.has(id)) break;
    found.add(id);
    at = byId.get(id);
  }
  return found;
}
