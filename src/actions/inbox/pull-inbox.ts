import { ItacaError } from '../../domain/error.js';
import type { InboxBook, MessageState } from '../../domain/inbox/book.js';
import type { MailKind } from '../../domain/inbox/classification.js';
import type { IntentReader } from '../../domain/inbox/intent/read-intent.js';
import { isoDate } from '../../domain/time/clock.js';
import type { Source } from '../../mail/sources/source.js';
import { appendInbox, inboxStamp, readInbox } from '../../workspace/inbox-ledger.js';
import { bareId } from '../../workspace/index/row.js';
import { cloneName } from '../clone-name.js';
import type { Tools } from '../tools.js';
import { exclusively, write } from '../write.js';
import { arrivedFrom } from './arrived.js';
import { commitLedgers } from './commit-ledgers.js';
import { Effects } from './effects.js';
import { openIntentReader } from './intent-reader.js';
import { lessonsOf } from './lessons.js';
import { planMessage } from './plan-message.js';
import type { PlannedMessage } from './planned.js';
import { type PulledMessage, pulledOf } from './pulled.js';
import { type InboxSource, type ReadMessage, readMessage } from './read-message.js';
import { againLine } from './received-line.js';
import { type InboxWorld, inboxWorld } from './world.js';

/** A source with what is known of it. */
export interface OpenedSource {
  about: InboxSource;
  source: Source;
}

/** A source that could not be opened, or failed while it was read. */
export interface SourceFailure {
  source: string;
  error: ItacaError;
}

/** What a pull did, in the keys of `--json`. received = filed + dismissed + waiting + again. */
export interface PullReport {
  sources: string[];
  /** Messages that lay in the sources and were not known. */
  received: number;
  filed: number;
  dismissed: number;
  waiting: number;
  /** Those of them that were on file, from another place or another source. */
  again: number;
  by_kind: Partial<Record<MailKind, number>>;
  /** Addresses that are written to no more because of them. */
  suppressed: number;
  cases_opened: number;
  /** The first hundred messages that could not be read, and were left where they are. */
  failed: { source: string; place: string; message: string }[];
  /** Sources that could not be read, or not to their end; what was had of them is on file. */
  failed_sources: { source: string; message: string }[];
}

export interface PullOptions {
  /** Told of each message; in a dry run this is all that happens. */
  each?: (message: PulledMessage) => void;
  progress?: (done: number) => void;
  /** Aborted by Ctrl-C: what was read is filed, nothing else begins. */
  signal?: AbortSignal;
  /** Sources that could not be opened. */
  failed?: readonly SourceFailure[];
}

/** Messages are written so many at a time, or so many bytes. */
const batchMessages = 1000;
const batchBytes = 16 * 1024 * 1024;

/**
 * Takes in what lies in sources: each message is kept, and filed, dismissed or left to a person, once however often it comes.
 * Nothing is held but what waits to be written, so that a pull that is killed goes on where it was; two at a time take turns.
 */
export async function pullInbox(
  sources: readonly OpenedSource[],
  { each = () => {}, progress, signal, failed = [] }: PullOptions,
  tools: Tools,
): Promise<PullReport> {
  const { workspace } = tools;
  const failures = [...failed];
  const report: PullReport = {
    sources: sources.map(({ about }) => about.name),
    received: 0,
    filed: 0,
    dismissed: 0,
    waiting: 0,
    again: 0,
    by_kind: {},
    suppressed: 0,
    cases_opened: 0,
    failed: [],
    failed_sources: [],
  };
  await commitLedgers(tools);
  const addresses = sources.flatMap(({ about }) => about.address ?? []);
  const filing = await Filing.open(addresses, report, each, tools);
  for (const opened of sources) {
    try {
      await pullOne(opened);
    } catch (error) {
      // One dead server must not keep the others' messages from being read; alone, its error is the answer.
      if (!(error instanceof ItacaError) || sources.length === 1 || !ofSource.has(error.code)) throw error;
      failures.push({ source: opened.about.name, error });
    }
    if (signal?.aborted) break;
  }
  report.failed_sources = failures.map(({ source, error }) => ({ source, message: error.message }));
  return report;

  async function pullOne({ about, source }: OpenedSource): Promise<void> {
    const isKnown = (place: string) => filing.book.knows(about.name, place);
    let batch: ReadMessage[] = [];
    let bytes = 0;
    const file = async () => {
      await filing.file(batch);
      const places = batch.map(({ place }) => place);
      if (!tools.dryRun && places.length > 0) await source.done(places);
      [batch, bytes] = [[], 0];
      progress?.(report.received);
    };
    try {
      for await (const arrived of arrivedFrom(source, isKnown)) {
        if (signal?.aborted) break;
        if ('fault' in arrived) {
          if (report.failed.length < 100)
            report.failed.push({ source: about.name, place: arrived.place, message: arrived.fault });
          continue;
        }
        bytes += arrived.raw.length;
        batch.push(await readMessage(arrived, about, filing.reader, workspace));
        // A large one is held as its files alone from here on.
        arrived.raw = Buffer.alloc(0);
        if (batch.length >= batchMessages || bytes >= batchBytes) await file();
      }
    } finally {
      // What was read before a connection broke is on file.
      await file();
    }
  }
}

/** Errors that are the source's own. */
const ofSource = new Set<ItacaError['code']>(['not_found', 'invalid', 'refused', 'partial']);

/** Puts messages on file, while holding the lock. */
class Filing {
  #stamp = '';

  private constructor(
    public book: InboxBook,
    private world: InboxWorld,
    readonly reader: IntentReader,
    private readonly clone: string,
    private readonly report: PullReport,
    private readonly each: (message: PulledMessage) => void,
    private readonly tools: Tools,
  ) {}

  static async open(
    addresses: readonly string[],
    report: PullReport,
    each: (message: PulledMessage) => void,
    tools: Tools,
  ): Promise<Filing> {
    const { workspace } = tools;
    const stamp = await inboxStamp(workspace.root);
    const book = await readInbox(workspace.root);
    const world = await inboxWorld(workspace, addresses);
    const reader = openIntentReader(workspace.root, await lessonsOf(workspace.root, book));
    const clone = await cloneName(workspace);
    const filing = new Filing(book, world, reader, clone, report, each, tools);
    filing.#stamp = stamp;
    return filing;
  }

  /** Plans and writes messages of one source. What depends on one before it is planned once that is on file. */
  async file(batch: readonly ReadMessage[]): Promise<void> {
    if (batch.length === 0) return;
    await exclusively(this.tools, async () => {
      await this.#refresh();
      let plans: PlannedMessage[] = [];
      let effects = await Effects.open(this.tools);
      const seen = { ids: new Set<string>(), people: new Set<string>(), messages: new Set<string>() };
      const flush = async () => {
        await this.#write(plans, effects);
        plans = [];
        effects = await Effects.open(this.tools);
        for (const set of Object.values(seen)) set.clear();
      };
      for (const read of batch) {
        if (this.book.knows(read.source.name, read.place)) continue;
        const known = this.book.get(read.id) !== undefined || seen.ids.has(read.id);
        if (known) {
          plans.push(againOf(read, this.book.get(read.id)?.state, this.tools));
          continue;
        }
        const { message } = read;
        const answers = [...message.inReplyTo, ...message.references].map(bareId);
        if (answers.some((id) => seen.messages.has(id))) await flush();
        let plan = await planMessage(read, this.world, effects, this.tools);
        const { contact } = plan.outcome;
        if (
          !this.tools.dryRun &&
          contact !== null &&
          seen.people.has(contact) &&
          plan.outcome.kind === 'person'
        ) {
          await flush();
          plan = await planMessage(read, this.world, effects, this.tools);
        }
        plans.push(plan);
        seen.ids.add(read.id);
        if (contact !== null) seen.people.add(contact);
        if (message.messageId) seen.messages.add(bareId(message.messageId));
      }
      await flush();
      await effects.ledgers.discard();
    });
  }

  /** Another pull may have been at work since. */
  async #refresh(): Promise<void> {
    const { workspace } = this.tools;
    const stamp = await inboxStamp(workspace.root);
    if (stamp !== this.#stamp) this.book = await readInbox(workspace.root);
    this.#stamp = stamp;
    this.world = { ...this.world, index: await workspace.index() };
  }

  async #write(plans: readonly PlannedMessage[], effects: Effects): Promise<void> {
    const { tools, report } = this;
    const { workspace, clock } = tools;
    const drafts = plans.flatMap((plan) => plan.drafts);
    const fresh = plans.filter(({ drafts: [first] }) => first?.event === 'received');
    if (plans.length > 0) {
      const { changes, suppressed } = await effects.changes();
      const filed = fresh.filter(({ outcome }) => outcome.state === 'filed').length;
      const source = plans[0]?.outcome.source ?? '';
      await write(
        [...distinct(plans.flatMap((plan) => plan.changes)), ...changes],
        {
          subject: `inbox pull: ${fresh.length} received, ${filed} filed`,
          records: effects.ledgers.campaigns(),
          ledgers: async () => {
            const events = await effects.ledgers.place();
            const date = isoDate(clock.now(), clock.timeZone);
            const { lines, path } = await appendInbox(workspace.root, drafts, {
              date,
              source,
              clone: this.clone,
            });
            for (const line of lines) this.book.add(line);
            return [...events, path];
          },
          kept: true,
        },
        tools,
      );
      report.suppressed += suppressed;
      this.#stamp = await inboxStamp(workspace.root);
      this.world = { ...this.world, index: await workspace.index() };
    }
    for (const {
      outcome,
      drafts: [first],
    } of plans) {
      report.received++;
      if (first?.event === 'again') report.again++;
      else {
        report[outcome.state]++;
        report.by_kind[outcome.kind] = (report.by_kind[outcome.kind] ?? 0) + 1;
        if (outcome.opens_case) report.cases_opened++;
      }
      this.each(outcome);
    }
  }
}

function againOf(read: ReadMessage, state: MessageState = 'waiting', tools: Tools): PlannedMessage {
  const outcome = { ...pulledOf(read), why: 'it is on file already', state, again: true };
  return { changes: [], drafts: [againLine(read, tools)], outcome };
}

/** Two messages of one write may bring the same file. */
function distinct(changes: PlannedMessage['changes']): PlannedMessage['changes'] {
  const paths = new Set<string>();
  return changes.filter((change) => {
    if (change.op !== 'restore') return true;
    if (paths.has(change.path)) return false;
    paths.add(change.path);
    return true;
  });
}
