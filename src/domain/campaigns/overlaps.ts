/** A campaign with the people it went to, or is for. */
export interface Mailing {
  ref: string;
  office: string | null;
  /** Epoch milliseconds. */
  at: number;
  planned: boolean;
  /** Ids of contacts. */
  people: ReadonlySet<string>;
}

export interface Overlap {
  /** Of the other campaign. */
  ref: string;
  /** So many people get both. */
  people: number;
}

/**
 * Campaigns of different offices that reach the same people within a time of each other, while one of them can still be
 * changed. Campaigns without an office count as one office.
 * @param within milliseconds
 * @returns the overlaps of each campaign by its reference, those with the most people first
 */
export function overlapsOf(mailings: readonly Mailing[], within: number): Map<string, Overlap[]> {
  const found = new Map<string, Overlap[]>(mailings.map(({ ref }) => [ref, []]));
  mailings.forEach((a, i) => {
    for (const b of mailings.slice(i + 1)) {
      if (a.office === b.office || !(a.planned || b.planned) || Math.abs(a.at - b.at) >= within) continue;
      const [fewer, more] = a.people.size < b.people.size ? [a.people, b.people] : [b.people, a.people];
      let people = 0;
      for (const person of fewer) if (more.has(person)) people++;
      if (people === 0) continue;
      found.get(a.ref)?.push({ ref: b.ref, people });
      found.get(b.ref)?.push({ ref: a.ref, people });
    }
  });
  for (const list of found.values()) list.sort((a, b) => b.people - a.people || (a.ref < b.ref ? -1 : 1));
  return found;
}
