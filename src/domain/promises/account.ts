import type { PromiseState } from './state.js';

/** Something that came from a customer. */
export interface Inbound {
  /** Reference of the interaction. */
  ref: string;
  /** Epoch milliseconds. */
  at: number;
}

/** The times of a promise, in epoch milliseconds; undefined where it has none. */
export interface PromiseTimes {
  /** When it should have been kept by. */
  due: number | undefined;
  /** When it was kept or cancelled. */
  ended: number | undefined;
}

/** What became of a promise. */
export interface PromiseAccount {
  state: PromiseState;
  /** Kept, but after it was due. */
  late: boolean;
  /** By which the customer showed that it had not been kept when it was due. */
  proof: Inbound | undefined;
}

/** Whether a promise can have been broken: it was due, and had not ended by then. */
export function wasLate({ due, ended }: PromiseTimes, now: number): boolean {
  return due !== undefined && due <= now && (ended === undefined || ended > due);
}

/**
 * The proof that a promise was broken: the first thing that came from the same person after it was due and before it
 * ended. Who has to ring for what was promised to him has not got it. The call in which it was kept at last counts too.
 * @param inbound what came from the person, in the order of time
 * @param now epoch milliseconds; what lies after it has not happened yet
 */
export function proofOfBreach(
  times: PromiseTimes,
  inbound: readonly Inbound[],
  now: number,
): Inbound | undefined {
  if (!wasLate(times, now)) return undefined;
  const { due = now, ended = now } = times;
  return inbound.find(({ at }) => at >= due && at <= ended && at <= now);
}
