import { plainDay } from '../time/days.js';
import type { Agreement } from './agreement.js';

/** The last days for a word about an agreement that comes to its end. `YYYY-MM-DD`. */
export interface Renewal {
  /** From when on it should be on somebody's desk. */
  opens: string;
  /** The last day on which notice can be given; the end where no notice is agreed. */
  notice: string;
  end: string;
}

/** How many days before the last day of notice a renewal comes up; a commitment, before its time is over. */
export const ahead = 30;

/**
 * When an agreement has to be renewed or ended; undefined for one that is not active, or whose end or notice is not on
 * file or cannot be read.
 */
export function renewalOf({ state, end, notice_days = 0 }: Agreement): Renewal | undefined {
  if (state !== 'active' || end === undefined || !Number.isFinite(notice_days)) return undefined;
  const last = plainDay(end);
  if (last === undefined) return undefined;
  const notice = last.subtract({ days: Math.max(0, Math.trunc(notice_days)) });
  return { opens: notice.subtract({ days: ahead }).toString(), notice: notice.toString(), end };
}
