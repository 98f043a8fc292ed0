import type { Fault } from '../check/fault.js';

/** Which firm a firm belongs to, by ids. */
export type ParentOf = (id: string) => string | undefined;

/** The firms above one, the nearest first; a circle is walked once. */
export function parentsOf(id: string, parentOf: ParentOf): string[] {
  const seen = new Set([id]);
  const above: string[] = [];
  for (let at = parentOf(id); at !== undefined && !seen.has(at); at = parentOf(at)) {
    seen.add(at);
    above.push(at);
  }
  return above;
}

/** Firms that belong to themselves, through others or at once; each of a circle once, in no order. */
export function inCircles(parents: ReadonlyMap<string, string>): string[] {
  const done = new Set<string>();
  const circling: string[] = [];
  for (const start of parents.keys()) {
    const way: string[] = [];
    let at: string | undefined = start;
    const onWay = new Map<string, number>();
    while (at !== undefined && !done.has(at) && !onWay.has(at)) {
      onWay.set(at, way.length);
      way.push(at);
      at = parents.get(at);
    }
    if (at !== undefined && onWay.has(at)) circling.push(...way.slice(onWay.get(at)));
    for (const id of way) done.add(id);
  }
  return circling;
}

/** A firm that belongs to itself. @param parent as its record names it */
export function parentCircleFault(parent: string): Fault {
  return {
    at: ['parent'],
    message: `parent: ${parent} belongs to this very company, at once or through others`,
    hint: 'take the line out of one of them',
  };
}
