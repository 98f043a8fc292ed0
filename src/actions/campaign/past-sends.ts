import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { FrequencyLimit, PastMessage } from '../../domain/campaigns/past-messages.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { SendRecord } from '../../domain/sending/ledger.js';
import type { Index } from '../../workspace/index/index.js';
import { readJournals } from '../../workspace/journal.js';
import { lastLineAt } from '../../workspace/last-line.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { asCampaign, stepBodies } from '../sequence/as-campaign.js';
import { sequenceJournals } from '../sequence/sequence-journals.js';
import { type Bodies, readBodies } from './bodies.js';
import { likeness, textsOf } from './campaign-texts.js';
import type { MergedForSend } from './merged.js';
import { sendsFolder } from './sends-folder.js';

/** What a message goes out as: a campaign or, of a sequence, one of its steps. */
export interface Mailing {
  campaign: StoredRecord<Campaign>;
  bodies: Bodies;
  /** Of a sequence. */
  step?: string;
}

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
  { campaign, bodies, step, limits }: Mailing & { limits: readonly FrequencyLimit[] },
  merges: MergedForSend,
): Promise<PastSends> {
  const past: PastSends = { own: [], lately: [], alike: [], read: new Map() };
  const texts = textsOf(campaign.data, bodies, workspace);
  const days = Math.max(0, ...limits.map((limit) => limit.days));
  // The clocks of two machines may differ by something; the limits themselves count to the second.
  const since = workspace.clock.now() - (days + 1) * dayMs;
  const all = index.list({ kinds: ['campaign'] }) as unknown as StoredRecord<Campaign>[];
  const corrected = correctedBy(campaign, all);
  const like = (other: Campaign, theirs: Bodies) => likeness(texts, textsOf(other, theirs, workspace));
  const add = (messages: PastMessage[], repeats: boolean) => {
    for (const message of messages) if (Date.parse(message.at) > since) past.lately.push(message);
    if (repeats) past.alike = past.alike.concat(messages);
  };
  for (const other of all) {
    const folder = sendsFolder(workspace, other);
    const last = await lastLineAt(folder);
    if (last === Number.NEGATIVE_INFINITY) continue;
    const mine = other.id === campaign.id;
    const alike = mine ? undefined : like(other.data, readBodies(workspace.root, other.path));
    const repeats = alike === 'same' || (alike !== undefined && !mayRepeat(campaign, other, corrected));
    if (!mine && !repeats && (limits.length === 0 || last < since)) continue;
    const { ledger } = await readJournals(folder, mine);
    const messages = messagesOf(other, ledger.records(), merges, { accounted: mine, ...resembling(alike) });
    past.read.set(other.id, messages);
    if (mine) past.own = messages;
    else add(messages, repeats);
  }
  for (const { sequence, records } of await sequenceJournals(workspace.root)) {
    for (const id of new Set(records.map(({ intent }) => intent.step ?? ''))) {
      const found = sequence.steps.find((one) => one.id === id);
      const other = asCampaign(sequence, found);
      const mine = other.id === campaign.id && id === step;
      // A step that is there no more said what nobody knows.
      const alike =
        mine || !found ? undefined : like(other.data, stepBodies(workspace.root, sequence, found));
      const own = records.filter(({ intent }) => intent.step === id);
      const messages = messagesOf(other, own, merges, { accounted: mine, ...resembling(alike) });
      if (mine) past.own = messages;
      else add(messages, alike !== undefined);
    }
  }
  return past;
}

function resembling(alike: ReturnType<typeof likeness>): { resemblance?: number } {
  return typeof alike === 'number' ? { resemblance: alike } : {};
}

/**
 * The messages of a campaign that left, and those that may have.
 * @param how.accounted for a campaign whose own delivery accounts for what is in doubt
 * @param how.resemblance how much of the text is that of a message to be sent
 */
export function messagesOf(
  campaign: StoredRecord<Campaign>,
  records: Iterable<SendRecord>,
  { survivorOf }: MergedForSend,
  { accounted = false, ...more }: { accounted?: boolean; resemblance?: number } = {},
): PastMessage[] {
  const { id, data } = campaign;
  const common = {
    campaign: id,
    title: data.title,
    ...(data.office ? { office: data.office } : {}),
    purpose: data.purpose,
    ...more,
  };
  const messages: PastMessage[] = [];
  for (const { state, intent } of records) {
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
