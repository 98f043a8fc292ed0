import type { Campaign } from '../../domain/campaigns/campaign.js';
import { lineOf } from '../../domain/events/attribute.js';
import type { EventFacts, EventLine } from '../../domain/events/event.js';
import { withId } from '../../domain/sending/journal-line.js';
import { addDuration } from '../../domain/time/clock.js';
import { readEventLedgers } from '../../workspace/event-ledger.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { Consequences, type Wish } from '../import-events/consequences.js';
import { EventLedgers, eventsFolder } from '../import-events/event-ledgers.js';
import type { Tools } from '../tools.js';
import type { SentByUs } from './world.js';

/** So many bounces that may pass, of different messages within this time, and an address is written to no more. */
const defaultSoft = { count: 3, within: 'P30D' };

/** What follows from the messages of one write: events of campaigns, and who is written to no more. */
export class Effects {
  readonly #consequences = new Consequences();
  #bounces: Map<string, Bounced[]> | undefined;

  private constructor(
    readonly ledgers: EventLedgers,
    private readonly tools: Tools,
  ) {}

  static async open(tools: Tools): Promise<Effects> {
    return new Effects(await EventLedgers.open(tools), tools);
  }

  /**
   * Puts down what became of a message of ours: in the ledger of its campaign, with what follows from it. A bounce that
   * may pass closes the address once so many came, as `inbox.bounces` in `itaca.yaml` says.
   * @param facts what happened; the source is the inbox
   * @param at ISO 8601
   * @returns what follows, as a sentence; undefined where nothing does
   */
  async happened(
    { campaign, message }: SentByUs,
    facts: Omit<EventFacts, 'source'>,
    at: string,
  ): Promise<string | undefined> {
    const index = await this.tools.workspace.index();
    const reported = {
      ...facts,
      source: 'inbox' as const,
      at: Date.parse(at),
      messageIds: [],
      tokens: [],
      tags: [],
    };
    const line = withId(lineOf(reported, message)) as EventLine;
    // What a sequence sent has no ledger of events; what follows from it follows all the same.
    const isCampaign = index.get(campaign.id)?.kind === 'campaign';
    if (isCampaign) {
      if (!this.ledgers.isReady(campaign)) await this.ledgers.ready(campaign);
      this.ledgers.add(campaign, line);
    }
    this.#consequences.note(line, campaign);
    if (line.event === 'complained' || line.bounce === 'hard') return `${line.address} is written to no more`;
    if (line.event === 'unsubscribed') return `${line.address} gets no more ${campaign.data.purpose}`;
    if (line.event !== 'bounced' || !isCampaign) return undefined;
    return this.#countSoft(line, campaign);
  }

  wish(wish: Wish): void {
    this.#consequences.add(wish);
  }

  changes(): Promise<{ changes: Change[]; suppressed: number }> {
    return this.#consequences.changes(this.tools);
  }

  async #countSoft(line: EventLine, campaign: StoredRecord<Campaign>): Promise<string | undefined> {
    const { workspace } = this.tools;
    const { count, within } = { ...defaultSoft, ...workspace.config.inbox?.bounces?.soft };
    const last = Date.parse(line.at);
    const since = addDuration(last, `-${within}`, workspace.clock.timeZone);
    this.#bounces ??= await this.#readBounces();
    const known = this.#bounces.get(line.address) ?? [];
    known.push(line);
    this.#bounces.set(line.address, known);
    const inTime = known.filter(({ at }) => Date.parse(at) >= since && Date.parse(at) <= last);
    const messages = new Set(inTime.map(({ message_id }) => message_id)).size;
    if (messages < count) return `bounce ${messages} of ${count} within ${within}`;
    this.#consequences.add({
      address: line.address,
      contact: line.contact,
      scope: 'all',
      reason: 'hard_bounce',
      at: line.at,
      source: `${messages} bounces within ${within}, the last of campaign ${campaign.ref}`,
      purposes: [],
    });
    return `${messages} bounces within ${within}: ${line.address} is written to no more`;
  }

  /** The bounces that are on file, by address. */
  async #readBounces(): Promise<Map<string, Bounced[]>> {
    const { workspace } = this.tools;
    const found = new Map<string, Bounced[]>();
    for (const campaign of (await workspace.index()).list({ kinds: ['campaign'] }))
      for await (const line of readEventLedgers(eventsFolder(workspace, campaign), isBounce)) {
        const { address, at, message_id } = line;
        const known = found.get(address);
        if (known) known.push({ at, message_id });
        else found.set(address, [{ at, message_id }]);
      }
    return found;
  }
}

type Bounced = Pick<EventLine, 'at' | 'message_id'>;

const isBounce = (text: string) => text.includes('"event":"bounced"');
