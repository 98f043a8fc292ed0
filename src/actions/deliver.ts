import type { LeftOut, LeftOutReason, Objection } from '../domain/campaigns/left-out.js';
import type { Recipient } from '../domain/campaigns/plan.js';
import { type IntentLine, type OutcomeLine, withId } from '../domain/sending/journal-line.js';
import type { Outcome, OutgoingMessage, Transport } from '../mail/transport.js';
import type { SendJournal } from '../workspace/journal.js';
import { type Evidence, evidenceOf } from './evidence.js';
import { inParallel } from './in-parallel.js';
import type { Pace } from './pace.js';

export interface DeliverInput {
  journal: Pick<SendJournal, 'ledger' | 'intend' | 'conclude'>;
  transport: Transport;
  recipients: Iterable<Recipient> | AsyncIterable<Recipient>;
  /** Of a sequence. */
  step?: string;
  /** The Message-ID of a recipient's message, the same each time. */
  messageId(recipient: Recipient): string;
  /**
   * Makes the message; asked while the batch before leaves. What it throws stops the send before anyone of the batch
   * gets his.
   */
  compose(recipient: Recipient, token: string): Promise<OutgoingMessage>;
  /** Asked before each batch: who must not get the message any more, by id of the contact. */
  recheck(batch: readonly Recipient[]): Promise<ReadonlyMap<string, Objection>>;
  /**
   * Tells the team which messages are about to leave here; none of them leaves before it is done. Asked early, while
   * others leave. What it throws stops the send.
   */
  claim?(intents: readonly IntentLine[]): Promise<void>;
  /** Random; names the recipient in the envelope. */
  newToken(): string;
  /** ISO 8601. */
  now(): string;
  /** Aborted by Ctrl-C: what is in flight is finished, nothing else begins. */
  signal?: AbortSignal;
  onProgress?(counts: Readonly<DeliverCounts>): void;
  /** Messages that share one write of intents, and the most that are ever in flight. */
  batchSize?: number;
  /** Messages that are claimed at a time; as many as a batch where it is not said. */
  claimSize?: number;
  /** The rate limit: says which message may leave next. */
  pace?: Pace;
}

export interface DeliverCounts {
  sent: number;
  /** In doubt, now or from an earlier run. */
  unknown: number;
  deferred: number;
  rejected: number;
  /** Not tried. */
  remaining: number;
  left_out: number;
}

export interface DeliverResult extends Omit<DeliverCounts, 'left_out'> {
  left_out: Partial<Record<LeftOutReason, number>>;
  /** The first of those left out. */
  leftOut: LeftOut[];
  /** The first of those who did not simply get their message, with what was said. */
  problems: { recipient: Recipient; state: 'unknown' | 'deferred' | 'rejected'; reply: string }[];
  interrupted: boolean;
  /** Why the send stopped by itself: what the server said to several in a row. */
  stopped?: string;
}

/** So many failures in a row that are the server's say that there is no use in going on. */
const serverFailuresToStop = 5;

/** So many of those left out, and of those with a problem, are kept by name; all are counted. */
const keptByName = 1000;

/**
 * Sends to the recipients, each at most once, whatever happens on the way.
 *
 * An intent is on disk before its message leaves; what has no outcome then is in doubt and is never sent again by
 * itself. Everyone is counted exactly once: recipients = sent + unknown + deferred + rejected + remaining + left out.
 * @throws what `compose`, `recheck`, `claim` and the journal throw; the journal tells what happened until then
 */
export async function deliver(input: DeliverInput): Promise<DeliverResult> {
  return new Delivery(input).run();
}

/** A message that is about to leave. */
interface Pending {
  recipient: Recipient;
  intent: Omit<IntentLine, 'id' | 'event'>;
  claimed: Promise<void>;
}

/** One whose intent is on disk. */
interface Leaving {
  recipient: Recipient;
  intent: IntentLine;
  message: OutgoingMessage;
}

interface Batch {
  pending: Pending[];
  messages: Promise<OutgoingMessage[]>;
}

class Delivery {
  private readonly counts: DeliverCounts = {
    sent: 0,
    unknown: 0,
    deferred: 0,
    rejected: 0,
    remaining: 0,
    left_out: 0,
  };
  private readonly reasons: Partial<Record<LeftOutReason, number>> = {};
  private readonly leftOut: LeftOut[] = [];
  private readonly problems: DeliverResult['problems'] = [];
  private readonly notes: Promise<void>[] = [];
  private journalFailed = false;
  private serverFailures = 0;
  private stopped: string | undefined;

  private readonly evidence: Evidence;
  private readonly recipients: AsyncIterator<Recipient> | Iterator<Recipient>;
  private readonly batchSize: number;
  /** What comes next, claimed or being claimed. */
  private readonly queue: Pending[] = [];
  private lastClaim: Promise<void> = Promise.resolve();

  constructor(private readonly input: DeliverInput) {
    this.evidence = evidenceOf(input.transport, input.journal.ledger);
    const { recipients } = input;
    this.recipients =
      Symbol.asyncIterator in recipients ? recipients[Symbol.asyncIterator]() : recipients[Symbol.iterator]();
    this.batchSize = input.transport.batch ?? input.batchSize ?? 50;
  }

  async run(): Promise<DeliverResult> {
    try {
      for (let batch = await this.nextBatch(); batch !== undefined; ) {
        // The next messages are made while these leave.
        const next = this.nextBatch();
        next.catch(() => {});
        await this.sendBatch(batch);
        batch = await next;
      }
    } finally {
      await this.recipients.return?.();
    }
    const { left_out: _, ...counts } = this.counts;
    return {
      ...counts,
      left_out: this.reasons,
      leftOut: this.leftOut,
      problems: this.problems,
      interrupted: this.input.signal?.aborted ?? false,
      ...(this.stopped === undefined ? {} : { stopped: this.stopped }),
    };
  }

  private get halted(): boolean {
    return this.stopped !== undefined || (this.input.signal?.aborted ?? false);
  }

  private async nextBatch(): Promise<Batch | undefined> {
    await this.fillQueue();
    const pending = this.queue.splice(0, this.batchSize);
    if (pending.length === 0) return undefined;
    const { compose } = this.input;
    const messages = this.halted
      ? Promise.resolve([])
      : Promise.all(pending.map(({ recipient, intent }) => compose(recipient, intent.token)));
    messages.catch(() => {});
    return { pending, messages };
  }

  /** Takes recipients from the list, early enough that what comes next is claimed before it is needed. */
  private async fillQueue(): Promise<void> {
    const { claim, claimSize: size = this.batchSize } = this.input;
    const enough = claim ? this.batchSize + size / 2 : 1;
    while (this.queue.length < enough) {
      const block: Recipient[] = [];
      while (block.length < size) {
        const { value: recipient, done } = await this.recipients.next();
        if (done) break;
        if (await this.isSettled(recipient)) continue;
        if (this.halted) this.counts.remaining++;
        else block.push(recipient);
      }
      if (block.length === 0) return;
      const intents = block.map((recipient) => this.intentFor(recipient));
      if (claim) {
        this.lastClaim = this.lastClaim.then(() =>
          claim(intents.map((intent) => withId({ event: 'intent' as const, ...intent }))),
        );
        this.lastClaim.catch(() => {});
      }
      const claimed = this.lastClaim;
      block.forEach((recipient, index) => {
        this.queue.push({ recipient, intent: intents[index]!, claimed });
      });
    }
  }

  private intentFor(recipient: Recipient): Pending['intent'] {
    const { newToken, now, step, transport, messageId } = this.input;
    return {
      at: now(),
      message_id: messageId(recipient),
      contact: recipient.ref,
      address: recipient.canonical,
      ...(step === undefined ? {} : { step }),
      token: newToken(),
      transport: transport.name,
    };
  }

  /** Whether the journal already says what became of this recipient's message; a deferred one may be tried again. */
  private async isSettled(recipient: Recipient): Promise<boolean> {
    const { journal, step } = this.input;
    const record = journal.ledger.get(recipient.canonical, step);
    if (record === undefined || record.state === 'deferred') return false;
    if (record.state === 'sent') {
      this.leave(recipient, {
        reason: 'already_sent',
        detail: `already sent on ${record.intent.at.slice(0, 10)}`,
      });
      return true;
    }
    const found = record.state === 'unknown' ? await this.evidence(record.intent) : undefined;
    if (found?.state === 'sent') {
      await this.conclude(recipient, record.intent, found);
      return true;
    }
    if (found !== undefined) {
      await this.note(record.intent, found);
      return false;
    }
    const reply = record.outcome?.reply ?? 'it was about to leave when the send was cut off';
    this.count(recipient, { state: record.state, reply });
    return true;
  }

  private async sendBatch({ pending, messages }: Batch): Promise<void> {
    if (this.halted) {
      this.counts.remaining += pending.length;
      return;
    }
    await pending.at(-1)?.claimed;
    const out = await this.input.recheck(pending.map(({ recipient }) => recipient));
    const made = await messages;
    const leaving: { recipient: Recipient; intent: Pending['intent']; message: OutgoingMessage }[] = [];
    const addresses = new Set<string>();
    pending.forEach(({ recipient, intent }, index) => {
      const objection = out.get(recipient.contact) ?? this.repeated(recipient, addresses);
      if (objection) {
        this.leave(recipient, objection);
        return;
      }
      addresses.add(recipient.canonical);
      leaving.push({ recipient, intent, message: made[index]! });
    });
    if (this.halted) {
      this.counts.remaining += leaving.length;
      return;
    }
    const intents = await this.input.journal.intend(leaving.map(({ intent }) => intent));
    const ready = leaving.map((one, index): Leaving => ({ ...one, intent: intents[index]! }));
    await this.sendAll(ready).finally(() => Promise.allSettled(this.notes));
    await Promise.all(this.notes.splice(0));
    this.input.onProgress?.(this.counts);
  }

  /** A recipient list with one address twice is a mistake upstream; the second copy stays here. */
  private repeated({ canonical }: Recipient, addresses: ReadonlySet<string>): Objection | undefined {
    const { journal, step } = this.input;
    const known = journal.ledger.get(canonical, step)?.state ?? 'deferred';
    return addresses.has(canonical) || known !== 'deferred'
      ? { reason: 'same_person', detail: `another contact has the address ${canonical}` }
      : undefined;
  }

  private async sendAll(messages: readonly Leaving[]): Promise<void> {
    const { transport, pace, signal } = this.input;
    const waiting = [...messages];
    await inParallel(messages, transport.concurrency, async () => {
      const one =
        pace === undefined || this.halted
          ? waiting.shift()
          : await pace.take(waiting, ({ intent }) => intent.address, signal);
      if (one === undefined) return;
      try {
        await this.sendOne(one);
      } finally {
        pace?.left(one.intent.address);
      }
    });
  }

  private async sendOne({ recipient, intent, message }: Leaving): Promise<void> {
    // Nothing leaves any more when what became of it could not be written.
    if (this.journalFailed) return;
    if (this.halted) {
      // Its intent is on disk, but it never left: that is certain, and worth a line.
      await this.note(intent, { state: 'deferred', reply: 'the send was stopped before this message left' });
      this.counts.remaining++;
      return;
    }
    const outcome = await this.input.transport
      .send(message)
      .catch((error: unknown): Outcome => ({ state: 'unknown', reply: String(error) }));
    this.watchServer(outcome);
    // The next message need not wait for the disk; the next batch does.
    const noted = this.conclude(recipient, intent, outcome);
    noted.catch(() => {
      this.journalFailed = true;
    });
    this.notes.push(noted);
  }

  private watchServer(outcome: Outcome): void {
    this.serverFailures = outcome.server ? this.serverFailures + 1 : 0;
    if (this.serverFailures >= serverFailuresToStop)
      this.stopped ??= outcome.reply ?? 'the server does not answer';
  }

  private async conclude(recipient: Recipient, intent: IntentLine, outcome: Outcome): Promise<void> {
    await this.note(intent, outcome);
    this.count(recipient, outcome);
  }

  private async note(intent: IntentLine, { state, reply }: Outcome): Promise<void> {
    const line: Omit<OutcomeLine, 'id'> = {
      event: state,
      at: this.input.now(),
      intent: intent.id,
      message_id: intent.message_id,
      address: intent.address,
      ...(reply === undefined ? {} : { reply }),
    };
    await this.input.journal.conclude([line]);
  }

  private count(recipient: Recipient, { state, reply = '' }: Outcome): void {
    this.counts[state]++;
    if (state !== 'sent' && this.problems.length < keptByName)
      this.problems.push({ recipient, state, reply });
  }

  private leave({ contact, ref, name }: Recipient, objection: Objection): void {
    this.counts.left_out++;
    this.reasons[objection.reason] = (this.reasons[objection.reason] ?? 0) + 1;
    if (this.leftOut.length < keptByName) this.leftOut.push({ contact, ref, name, ...objection });
  }
}
