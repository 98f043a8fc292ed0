import type { Variant } from './variants.js';

/** In how many cases a rule about two activities held (Declare; Pesic and van der Aalst 2006). */
export interface PairFigure {
  before: string;
  after: string;
  /** All cases of the log. */
  cases: number;
  /** Cases in which the rule held, also because what it is about did not happen. */
  satisfied: number;
  /** Cases in which what it is about happened. */
  activated: number;
}

/** Two activities by their places; undefined for one that the log does not have. */
export interface Pair {
  before: string;
  after: string;
  a: number | undefined;
  b: number | undefined;
}

/** Of so many activities, those of the most cases, all pairs are looked at. */
const commonest = 20;

/**
 * The pairs worth looking at: those that a person names, and of the twenty activities of the most cases all in which the
 * first came before the second in some case. What never came in that order is no rule that anybody follows.
 * @param occurring in how many cases each activity occurs
 */
export function pairsOf(
  variants: readonly Variant[],
  activities: readonly string[],
  occurring: ArrayLike<number>,
  named: readonly (readonly [string, string])[],
): Pair[] {
  const looked = activities
    .map((_, i) => i)
    .sort((a, b) => (occurring[b] ?? 0) - (occurring[a] ?? 0))
    .slice(0, commonest);
  const wanted = new Set(looked);
  const came = new Set<string>();
  for (const { path } of variants) {
    const seen = new Set<number>();
    for (const activity of path) {
      if (!wanted.has(activity)) continue;
      for (const earlier of seen) came.add(`${earlier} ${activity}`);
      seen.add(activity);
    }
  }
  const place = new Map(activities.map((name, i) => [name, i]));
  const pairs = named.map(([before, after]) => ({
    before,
    after,
    a: place.get(before),
    b: place.get(after),
  }));
  const asked = new Set(pairs.map(({ a, b }) => `${a} ${b}`));
  for (const a of looked)
    for (const b of looked)
      if (a !== b && came.has(`${a} ${b}`) && !asked.has(`${a} ${b}`))
        pairs.push({ before: activities[a] as string, after: activities[b] as string, a, b });
  return pairs;
}

/**
 * Precedence: the second activity does not happen before the first has happened once. A case without the second
 * satisfies it.
 */
export function precedence(pair: Pair, variants: readonly Variant[]): PairFigure {
  return figure(pair, variants, ({ a, b }, path) => {
    const second = b === undefined ? -1 : path.indexOf(b);
    if (second < 0) return 'idle';
    const first = a === undefined ? -1 : path.indexOf(a);
    return first >= 0 && first < second ? 'held' : 'broken';
  });
}

/**
 * Response: after each time that the first activity happens, the second happens some time later. A case without the
 * first satisfies it.
 */
export function response(pair: Pair, variants: readonly Variant[]): PairFigure {
  return figure(pair, variants, ({ a, b }, path) => {
    const first = a === undefined ? -1 : path.lastIndexOf(a);
    if (first < 0) return 'idle';
    return b !== undefined && path.lastIndexOf(b) > first ? 'held' : 'broken';
  });
}

function figure(
  pair: Pair,
  variants: readonly Variant[],
  judge: (pair: Pair, path: readonly number[]) => 'held' | 'broken' | 'idle',
): PairFigure {
  const figures = { before: pair.before, after: pair.after, cases: 0, satisfied: 0, activated: 0 };
  for (const { path, cases } of variants) {
    const verdict = judge(pair, path);
    figures.cases += cases;
    if (verdict !== 'broken') figures.satisfied += cases;
    if (verdict !== 'idle') figures.activated += cases;
  }
  return figures;
}
