/** One row of a report: what it is grouped by, null where that is not on file, and its numbers. */
export type Grouped<T> = { group: string | null } & T;

/** Sorts things into groups, those that are on file in the order of their names, the one without a name last. */
export function groupsOf<T>(
  items: Iterable<T>,
  groupOf: (item: T) => string | null | undefined,
  alsoWithout: Iterable<string> = [],
): Grouped<{ items: T[] }>[] {
  const groups = new Map<string | null, T[]>([...alsoWithout].map((name) => [name, []]));
  for (const item of items) {
    const name = groupOf(item) ?? null;
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return [...groups].map(([group, inIt]) => ({ group, items: inIt })).sort(byGroup);
}

/** The order of the rows of a report. */
export function byGroup(a: { group: string | null }, b: { group: string | null }): number {
  if (a.group === b.group) return 0;
  if (a.group === null || b.group === null) return a.group === null ? 1 : -1;
  return a.group < b.group ? -1 : 1;
}
