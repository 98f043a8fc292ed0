import { byGroup } from './group.js';

/** An open case as the report counts it. */
export interface CountedCase {
  owner: string | null;
  office: string | null;
  state: string;
  type: string | null;
  priority: string;
  channel: string | null;
  due_at: string | null;
  due_for: string | null;
  overdue: boolean;
  age_hours: number;
}

export interface CaseCount {
  group: string | null;
  open: number;
  overdue: number;
  /** Age of the oldest, in hours. */
  oldest_hours: number;
}

/** Up to how many days an age is, oldest last. */
const ages: [days: number, name: string][] = [
  [1, 'up to 1 day'],
  [3, 'up to 3 days'],
  [7, 'up to a week'],
  [30, 'up to 30 days'],
  [90, 'up to 90 days'],
  [Number.POSITIVE_INFINITY, 'more than 90 days'],
];

/**
 * Counts open cases by a key: one of their own, `deadline` (which one comes next) or `age`. Ages come from the youngest
 * to the oldest, all else from the most cases to the fewest.
 */
export function tallyCases(cases: Iterable<CountedCase>, key: string): CaseCount[] {
  const counts = new Map<string | null, CaseCount>();
  for (const kase of cases) {
    const group = groupOf(kase, key);
    const count = counts.get(group) ?? { group, open: 0, overdue: 0, oldest_hours: 0 };
    count.open++;
    if (kase.overdue) count.overdue++;
    count.oldest_hours = Math.max(count.oldest_hours, kase.age_hours);
    counts.set(group, count);
  }
  const order = (one: CaseCount) => ages.findIndex(([, name]) => name === one.group);
  return [...counts.values()].sort((a, b) =>
    key === 'age' ? order(a) - order(b) : b.open - a.open || byGroup(a, b),
  );
}

function groupOf(kase: CountedCase, key: string): string | null {
  if (key === 'age') return ages.find(([days]) => kase.age_hours <= days * 24)?.[1] ?? null;
  if (key === 'deadline') return kase.due_for ?? 'none';
  return kase[key as 'owner'] as string | null;
}
