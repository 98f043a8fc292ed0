import type { PromiseAccount } from '../promises/account.js';
import { share } from './share.js';

/** How many promises came to what. `made` is the sum of kept, broken, open and cancelled. */
export interface PromiseTally {
  made: number;
  /** The late ones too. */
  kept: number;
  kept_late: number;
  broken: number;
  open: number;
  cancelled: number;
  /** Kept, by then or later, of those that were kept or broken: 0 to 1; null where there is none. */
  share_kept: number | null;
  /** Kept when they were due, of the same: 0 to 1; null where there is none. */
  share_in_time: number | null;
}

/** Counts what became of promises. */
export function tallyPromises(accounts: Iterable<Pick<PromiseAccount, 'state' | 'late'>>): PromiseTally {
  const counts = { made: 0, kept: 0, kept_late: 0, broken: 0, open: 0, cancelled: 0 };
  for (const { state, late } of accounts) {
    counts.made++;
    counts[state]++;
    if (state === 'kept' && late) counts.kept_late++;
  }
  const decided = counts.kept + counts.broken;
  return {
    ...counts,
    share_kept: share(counts.kept, decided),
    share_in_time: share(counts.kept - counts.kept_late, decided),
  };
}
