import type { Case } from './case.js';
import type { MessageSignal } from './process.js';

/** Something that passed in a case, as its clocks and proofs see it. */
export interface CaseInteraction {
  ref: string;
  /** Epoch milliseconds. */
  at: number;
  direction: string | null;
  channel: string | null;
  by: string | null;
  outcome: string | null;
  /** What it says by itself, each with what was seen. */
  signals?: Readonly<Partial<Record<MessageSignal, string>>>;
}

/** A case with all that its clocks are derived from. */
export interface CaseFile {
  data: Case;
  /** The cases that were merged into it, through all merges. */
  merged: readonly Case[];
  /** What passed in it and in those, in the order of time. */
  interactions: readonly CaseInteraction[];
}

/** Attempts that reached nobody are no answer. */
const unanswered = new Set<unknown>(['no_answer', 'busy', 'abandoned']);

/** Whether an attempt with this outcome reached nobody. */
export function isUnreached(outcome: unknown): boolean {
  return unanswered.has(outcome);
}

/** Channels of which something remains in writing. */
const written = new Set<unknown>(['email', 'letter', 'fax', 'chat', 'web', 'social']);

/** Whether of what passes by a channel something remains in writing. */
export function isWritten(channel: unknown): boolean {
  return written.has(channel);
}

/** Whether something the firm said reached the customer. */
export function isAnswer({ direction, outcome }: CaseInteraction): boolean {
  return direction === 'outbound' && !unanswered.has(outcome);
}

/** Whether an answer reached the customer in writing. */
export function isWrittenAnswer(interaction: CaseInteraction): boolean {
  return isAnswer(interaction) && isWritten(interaction.channel);
}

/** The case of those that became one whose clock began first: the earliest clock wins. */
export function firstOpened({ data, merged }: CaseFile): Case {
  return merged.reduce(
    (first, one) => (Date.parse(one.opened_at) < Date.parse(first.opened_at) ? one : first),
    data,
  );
}
