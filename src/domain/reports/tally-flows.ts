import type { CaseEvent } from '../cases/events.js';
import type { Period } from '../time/period.js';
import { isWithin } from '../time/period.js';

/** Work that one member or office made for another. */
export interface Flow {
  from: string | null;
  to: string | null;
  /** Cases that `from` opened and `to` owns. */
  opened: number;
  /** Cases that `from` handed over to `to`. */
  handed_over: number;
  /** Questions that `from` asked `to` about a case. */
  asked: number;
  total: number;
}

/** A case with what happened to it. */
export interface FollowedCase {
  /** Whose it is now; null where nobody owns it. */
  owner: string | null;
  events: readonly CaseEvent[];
}

/**
 * Who makes work for whom, the most first. What somebody makes for himself is not counted.
 * @param nameOf what a member is shown as: himself, or his office
 */
export function tallyFlows(
  cases: Iterable<FollowedCase>,
  period: Period,
  nameOf: (member: string | null) => string | null,
): Flow[] {
  const flows = new Map<string, Flow>();
  const add = (from: string | null, to: string | null, what: 'opened' | 'handed_over' | 'asked') => {
    if (from === to) return;
    const key = JSON.stringify([from, to]);
    const flow = flows.get(key) ?? { from, to, opened: 0, handed_over: 0, asked: 0, total: 0 };
    flow[what]++;
    flow.total++;
    flows.set(key, flow);
  };
  for (const { owner, events } of cases) {
    for (const { kind, at, by, to } of events) {
      if (!isWithin(period, at)) continue;
      if (kind === 'opened' && owner !== null) add(nameOf(by), nameOf(owner), kind);
      else if (kind === 'handed_over' || kind === 'asked') add(nameOf(by), nameOf(to), kind);
    }
  }
  return [...flows.values()].sort(
    (a, b) => b.total - a.total || (JSON.stringify([a.from, a.to]) < JSON.stringify([b.from, b.to]) ? -1 : 1),
  );
}
