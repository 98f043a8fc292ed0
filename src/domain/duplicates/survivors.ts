/** A record that was merged into another, by their ids. */
export interface Merged {
  id: string;
  into: string;
}

/**
 * Follows every merge to the record that stays in the end. Records that were merged into each other, as two clones may
 * do, go to the one of them with the smallest id, in every clone the same; it counts as not merged.
 * @returns id of the survivor by id of each merged record
 */
export function survivorsOf(merges: readonly Merged[]): Map<string, string> {
  const into = new Map(merges.map((merge) => [merge.id, merge.into]));
  const survivors = new Map<string, string>();
  for (const { id } of merges) {
    const path: string[] = [];
    let at: string | undefined = id;
    while (at !== undefined && !survivors.has(at) && !path.includes(at)) {
      path.push(at);
      at = into.get(at);
    }
    const circle = at !== undefined && path.includes(at) ? path.slice(path.indexOf(at)) : [];
    const end = circle.length > 0 ? circle.sort()[0] : at === undefined ? path.at(-1) : survivors.get(at);
    for (const passed of path) if (end !== undefined && passed !== end) survivors.set(passed, end);
  }
  return survivors;
}
