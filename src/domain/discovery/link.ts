import type { Party } from './party.js';

export type LinkKind = 'mail_domain' | 'phone' | 'address' | 'domain' | 'vat' | 'moved' | 'two_firms';

/** What speaks for a link: a value that records share. */
export interface Evidence {
  kind: LinkKind;
  /** The key that holds it and the value, such as `phones +390255500123`. */
  what: string;
  /** How many records hold it. */
  records: number;
}

/** Records that belong together and that nobody linked. */
export interface Link {
  kind: LinkKind;
  /** 0 to 1, by what kind of evidence it is; it is no probability. */
  strength: number;
  /** At least two. */
  members: Party[];
  evidence: Evidence[];
  /** The command that links them, or shows more where that is for a person to say. */
  suggestion: string;
}

/** A command line of which names become ids. */
export function command(words: TemplateStringsArray, ...parties: { id: string }[]): string {
  return `itaca ${String.raw(words, ...parties.map(({ id }) => id))}`;
}

/**
 * Links of the same records made one, with the evidence of all: the strongest says what it is and what to do. The
 * strongest first.
 */
export function ranked(links: readonly Link[]): Link[] {
  const byMembers = new Map<string, Link[]>();
  for (const link of links) {
    const key = link.members
      .map(({ id }) => id)
      .sort()
      .join();
    const same = byMembers.get(key);
    if (same) same.push(link);
    else byMembers.set(key, [link]);
  }
  return [...byMembers.values()]
    .map((same) => {
      const [first, ...others] = same.sort((a, b) => b.strength - a.strength) as [Link, ...Link[]];
      if (others.length === 0) return first;
      const doubt = same.reduce((left, { strength }) => left * (1 - strength), 1);
      return {
        ...first,
        strength: Math.round((1 - doubt) * 100) / 100,
        evidence: same.flatMap(({ evidence }) => evidence),
      };
    })
    .sort((a, b) => b.strength - a.strength || compare(keyOf(a), keyOf(b)));
}

function keyOf({ members }: Link): string {
  return members.map(({ ref }) => ref).join();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Things by a value that they have; only values that several have. */
export function sharing<T>(things: Iterable<T>, valuesOf: (thing: T) => readonly string[]): Map<string, T[]> {
  const holders = new Map<string, T[]>();
  for (const thing of things)
    for (const value of new Set(valuesOf(thing))) {
      const known = holders.get(value);
      if (known) known.push(thing);
      else holders.set(value, [thing]);
    }
  for (const [value, { length }] of holders) if (length < 2) holders.delete(value);
  return holders;
}
