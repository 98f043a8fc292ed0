import type { LeftOutReason } from '../../domain/campaigns/left-out.js';
import type { DeliverResult } from '../deliver.js';
import { type OutboxRow, rowOf, strangeRow } from './list-outbox.js';
import { originOf, receiverOf, type Waiting } from './waiting.js';

/** In the keys of `--json`. waiting = the sum of sent, unknown, deferred, rejected, remaining and left_out. */
export interface Flushed {
  waiting: number;
  sent: number;
  /** In doubt; never sent again by itself. */
  unknown: number;
  deferred: number;
  rejected: number;
  remaining: number;
  left_out: Partial<
    Record<LeftOutReason | 'test' | 'stranger' | 'thrown_away' | 'held' | 'not_ours', number>
  >;
  /** Those that did not leave, each with why. */
  messages: OutboxRow[];
  /** Why the team does not have what was sent, where it should. */
  unpublished: string | null;
}

/** Keeps account of a flush: every message that waits is counted exactly once. */
export class FlushAccount {
  readonly done: Flushed = {
    waiting: 0,
    sent: 0,
    unknown: 0,
    deferred: 0,
    rejected: 0,
    remaining: 0,
    left_out: {},
    messages: [],
    unpublished: null,
  };

  /** A message that stays. */
  leave(message: Waiting, reason: keyof Flushed['left_out'], why: string): void {
    this.done.left_out[reason] = (this.done.left_out[reason] ?? 0) + 1;
    this.done.messages.push(rowOf(message, why));
  }

  /** A file that is no message of ours. */
  leaveStrange(path: string): void {
    this.done.waiting++;
    this.done.left_out.not_ours = (this.done.left_out.not_ours ?? 0) + 1;
    this.done.messages.push(strangeRow(path));
  }

  /** A message that is as it was. @param why it was not tried, where that is not as before */
  keep(message: Waiting, why?: string): void {
    const { state, reply } = message;
    this.done[state === 'unknown' || state === 'rejected' ? state : 'remaining']++;
    this.done.messages.push(rowOf({ ...message, reply: why ?? reply }));
  }

  /** What became of messages that left as one. */
  settle(messages: readonly Waiting[], result: DeliverResult): void {
    for (const key of ['sent', 'unknown', 'deferred', 'rejected', 'remaining'] as const)
      this.done[key] += result[key];
    const byReceiver = new Map(messages.map((one) => [receiverOf(originOf(one)), one]));
    for (const { recipient, state, reply } of result.problems) {
      const message = byReceiver.get(recipient.contact);
      if (message) this.done.messages.push(rowOf({ ...message, state, reply }));
    }
    for (const { contact, reason, detail } of result.leftOut) {
      const message = byReceiver.get(contact);
      if (message) this.leave(message, reason, detail);
    }
  }
}
