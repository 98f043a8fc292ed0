import { plainDay } from '../time/days.js';
import type { Agreement } from './agreement.js';

/** The states of an agreement from the moment on at which somebody asked to end it. */
const cancelling = new Set<unknown>(['cancel_requested', 'cancel_acknowledged', 'terminated']);

/** Whether in this state no offer goes out any more. */
export function isCancelling(state: unknown): boolean {
  return cancelling.has(state);
}

/**
 * Whether an agreement counts as one that is to end: by its state, or by the last move of its history where the two
 * contradict each other. Who may have asked is not written to.
 */
export function countsAsCancelled({ state, history }: Pick<Agreement, 'state' | 'history'>): boolean {
  return isCancelling(state) || isCancelling(history?.findLast(({ to }) => to !== undefined)?.to);
}

/** How far the end of an agreement has come, by its history. Times are ISO 8601. */
export interface Cancellation {
  requested_at: string;
  acknowledged_at: string | null;
  terminated_at: string | null;
  /** What the request rests on, as its entry says; mostly the reference of an interaction. */
  why: string | null;
}

/** The last request to end an agreement, and what followed; undefined where there is none, or it was taken back. */
export function cancellationOf(agreement: Pick<Agreement, 'state' | 'history'>): Cancellation | undefined {
  if (!countsAsCancelled(agreement)) return undefined;
  const { history = [] } = agreement;
  const moves = history.filter(({ to }) => to !== undefined);
  const stretch = moves.slice(moves.findLastIndex(({ to }) => !isCancelling(to)) + 1);
  const [asked] = stretch;
  if (!asked) return undefined;
  const when = (wanted: string) => stretch.findLast(({ to }) => to === wanted)?.at ?? null;
  return {
    requested_at: asked.at,
    acknowledged_at: when('cancel_acknowledged'),
    terminated_at: when('terminated'),
    why: asked.why ?? null,
  };
}

/**
 * The day on which a cancellation takes effect, and by what rule: the end of the term, where notice was given in time; with
 * no term, or a commitment that is met, when the days of notice are over. Nobody is bound longer by having been late than
 * by the days of notice.
 * @param requested `YYYY-MM-DD`
 * @param met whether nothing more has to be taken
 */
export function effectiveDay(
  { end, notice_days = 0 }: Pick<Agreement, 'end' | 'notice_days'>,
  requested: string,
  met: boolean,
): { day: string; why: string } {
  const days = Number.isFinite(notice_days) ? Math.max(0, Math.trunc(notice_days)) : 0;
  const noticed = plainDay(requested)?.add({ days }).toString() ?? requested;
  const byNotice = days === 0 ? 'no notice is agreed' : `${days} days of notice from ${requested}`;
  const last = plainDay(end);
  if (end === undefined || last === undefined) return { day: noticed, why: byNotice };
  const lastNotice = last.subtract({ days }).toString();
  if (requested > lastNotice)
    return { day: noticed, why: `${byNotice}; the last day of notice for ${end} was ${lastNotice}` };
  if (met && noticed < end) return { day: noticed, why: `the commitment is met; ${byNotice}` };
  return { day: end, why: 'the end of its term' };
}
