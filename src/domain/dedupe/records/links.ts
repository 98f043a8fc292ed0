/** A pair of rows with its match weight in bits, prior included. */
export interface Link {
  a: number;
  b: number;
  weight: number;
}

/**
 * The links that hold a group together: each row by its strongest link to those before it (Prim 1957), so that the
 * weakest link says how sure the group is.
 * @param rows at least two
 * @returns one link fewer than rows, the strongest first
 */
export function strongestLinks(rows: readonly number[], weigh: (a: number, b: number) => number): Link[] {
  const [first = 0, ...others] = rows;
  const open = new Map(
    others.map((row): [number, Link] => [row, { a: first, b: row, weight: weigh(first, row) }]),
  );
  const links: Link[] = [];
  while (open.size > 0) {
    let [best] = open.values() as Iterable<Link> as [Link];
    for (const link of open.values()) if (link.weight > best.weight) best = link;
    links.push(best);
    open.delete(best.b);
    for (const [row, link] of open) {
      const weight = weigh(best.b, row);
      if (weight > link.weight) open.set(row, { a: best.b, b: row, weight });
    }
  }
  return links.sort((one, other) =>
    one.weight === other.weight ? one.a - other.a : other.weight - one.weight,
  );
}
