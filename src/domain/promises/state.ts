import { endOf } from '../time/clock.js';
import type { Promise_ } from './promise.js';

export type PromiseState = 'open' | 'kept' | 'broken' | 'cancelled';

/**
 * Where a promise stands. Broken is never stored: it is past due and neither kept nor cancelled.
 * A promise due on a date may be kept until that day ends in the workspace's zone.
 * @param now epoch milliseconds
 */
export function promiseState(promise: Promise_, now: number, timeZone: string): PromiseState {
  if (promise.kept_at !== undefined || promise.kept_in !== undefined) return 'kept';
  if (promise.cancelled_at !== undefined) return 'cancelled';
  const due = promise.due === undefined ? undefined : endOf(promise.due, timeZone);
  return due !== undefined && due <= now ? 'broken' : 'open';
}
