import {
  countByReason,
  type LeftOut,
  type LeftOutReason,
  type Objection,
} from '../domain/campaigns/left-out.js';
import type { Recipient } from '../domain/campaigns/plan.js';
import type { IntentLine, OutcomeLine } from '../domain/sending/journal-line.js';
import type { Outcome, OutgoingMessage, Transport } from '../mail/transport.js';
import type { SendJournal } from '../workspace/journal.js';
import { type Evidence, evidenceOf } from './evidence.js';
import { inParallel } from './in-parallel.js';

export interface DeliverInput {
  journal: Pick<SendJournal, 'ledger' | 'intend' | 'conclude'>;
  transport: Transport;
  recipients: Iterable<Recipient>;
  /** Of a sequence. */
  step?: string;
  /** Makes the message. What it throws stops the send before anyone of the batch gets his. */
  compose(recipient: Recipient, token: string): Promise<OutgoingMessage>;
  /** Asked before each batch: who must not get the message any more, by id of the contact. */
  recheck(batch: readonly Recipient[]): Promise<ReadonlyMap<string, Objection>>;
  /** Random; names the recipient in the envelope. */
  newToken(): string;
  /** ISO 8601. */
  now(): string;
  /** Aborted by Ctrl-C: what is in flight is finished, nothing else begins. */
  signal?: AbortSignal;
  onProgress?(counts: Readonly<DeliverCounts>): void;
  /** Messages that share one write of intents, and the most that are ever in flight. */
  batchSize?: number;
  /** Waited for before each message leaves: the rate limit. */
  pace?(signal: AbortSignal | undefined): Promise<void>;
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
  leftOut: LeftOut[];
  /** Whoever did not simply get his message, with what was said. */
  problems: { recipient: Recipient; state: 'unknown' | 'deferred' | 'rejected'; reply: string }[];
  interrupted: boolean;
  /** Why the send stopped by itself: what the server said to several in a row. */
  stopped?: string;
}

/** So many failures in a row that are the server's say that there is no use in going on. */
const serverFailuresToStop = 5;

/**
 * Sends to the recipients, each at most once, whatever happens on the way.
 *
 * An intent is on disk before its message leaves; what has no outcome then is in doubt and is never sent again by
 * itself. Everyone is counted exactly once: recipients = sent + unknown + deferred + rejected + remaining + left out.
 * @throws what `compose`, `recheck` and the journal throw; the journal tells what happened until then
 */
export async function deliver(input: DeliverInput): Promise<DeliverResult> {
  return new Delivery(input).run();
}

interface Prepared {
  recipient: Recipient;
  message: OutgoingMessage;
  intent: Omit<IntentLine, 'id' | 'event'>;
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
  private readonly leftOut: LeftOut[] = [];
  private readonly problems: DeliverResult['problems'] = [];
  private readonly notes: Promise<void>[] = [];
  private journalFailed = false;
  private serverFailures = 0;
  private stopped: string | undefined;

  private readonly evidence: Evidence;

  constructor(private readonly input: DeliverInput) {
    this.evidence = evidenceOf(input.transport, input.journal.ledger);
  }

  async run(): Promise<DeliverResult> {
    const size = this.input.batchSize ?? this.input.transport.batch ?? 50;
    let batch: Recipient[] = [];
    for (const recipient of this.input.recipients) {
      if (this.halted) {
        this.counts.remaining++;
        continue;
      }
      if (await this.isSettled(recipient)) continue;
      batch.push(recipient);
      if (batch.length < size) continue;
      await this.sendBatch(batch);
      batch = [];
    }
    if (this.halted) this.counts.remaining += batch.length;
    else if (batch.length > 0) await this.sendBatch(batch);
    const { left_out: _, ...counts } = this.counts;
    return {
      ...counts,
      left_out: countByReason(this.leftOut),
      leftOut: this.leftOut,
      problems: this.problems,
      interrupted: this.input.signal?.aborted ?? false,
      ...(this.stopped === undefined ? {} : { stopped: this.stopped }),
    };
  }

  private get halted(): boolean {
    return this.stopped !== undefined || (this.input.signal?.aborted ?? false);
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

  private async sendBatch(batch: readonly Recipient[]): Promise<void> {
    const { journal, transport, compose, newToken, now, step } = this.input;
    const out = await this.input.recheck(batch);
    const prepared: Prepared[] = [];
    const addresses = new Set<string>();
    for (const recipient of batch) {
      const objection = out.get(recipient.contact) ?? this.repeated(recipient, addresses);
      if (objection) {
        this.leave(recipient, objection);
        continue;
      }
      addresses.add(recipient.canonical);
      const token = newToken();
      const message = await compose(recipient, token);
      prepared.push({
        recipient,
        message,
        intent: {
          at: now(),
          message_id: message.messageId,
          contact: recipient.ref,
          address: recipient.canonical,
          ...(step === undefined ? {} : { step }),
          token,
          transport: transport.name,
        },
      });
    }
    if (this.halted) {
      this.counts.remaining += prepared.length;
      return;
    }
    const intents = await journal.intend(prepared.map(({ intent }) => intent));
    await inParallel(prepared, transport.concurrency, (one, index) =>
      this.sendOne(one, intents[index]!),
    ).finally(() => Promise.allSettled(this.notes));
    await Promise.all(this.notes.splice(0));
    this.input.onProgress?.(this.counts);
  }

  /** A recipient list with one address twice is a mistake upstream; the second copy stays here. */
  private repeated({ canonical }: Recipient, addresses: ReadonlySet<string>): Objection | undefined {
    return addresses.has(canonical)
      ? { reason: 'same_person', detail: `another contact has the address ${canonical}` }
      : undefined;
  }

  private async sendOne({ recipient, message }: Prepared, intent: IntentLine): Promise<void> {
    const { transport, pace, signal } = this.input;
    if (!this.halted) await pace?.(signal);
    // Nothing leaves any more when what became of it could not be written.
    if (this.journalFailed) return;
    if (this.halted) {
      // Its intent is on disk, but it never left: that is certain, and worth a line.
      await this.note(intent, { state: 'deferred', reply: 'the send was stopped before this message left' });
      this.counts.remaining++;
      return;
    }
    const outcome = await transport
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
    if (state !== 'sent') this.problems.push({ recipient, state, reply });
  }

  private leave({ contact, ref, name }: Recipient, objection: Objection): void {
    this.counts.left_out++;
    this.leftOut.push({ contact, ref, name, ...objection });
  }
}
