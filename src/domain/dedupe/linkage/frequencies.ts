import type { Level, LevelRule } from './levels.js';
import type { Field, Table } from './table.js';

/** So many pairs taken at random tell how often strangers agree. */
const sampledPairs = 40_000;
/** What the shipped shares count for beside them. */
const priorPairs = 4000;

/** From so many pairs a record on that share a value, sharing it says little of being one. */
const strangersPerMatch = 5;

/** A list of two knows nothing of how frequent a name is; it counts as one of so many more, taken from the world. */
export const world = 60;
/** In a shorter list two records are no likelier to be one. */
export const fewest = 100;

/**
 * The weights of a field's levels in bits: how often strangers show each is counted, for what the list is like, all of one
 * town, or of all the world. The exact one is weighed value by value.
 */
export function sampledWeights(field: Field, rule: LevelRule | undefined): Float64Array {
  if (!rule) return new Float64Array(0);
  const seen = new Float64Array(rule.levels.length);
  const column = field.columns[0]!;
  const rows = column.length;
  let compared = 0;
  let state = 1;
  const random = () => {
    // Park and Miller's generator: the same pairs on every machine.
    state = (state * 48271) % 2147483647;
    return state % rows;
  };
  for (let i = 0; i < sampledPairs && rows > 1; i++) {
    const [a, b] = [column[random()]!, column[random()]!];
    if (a < 0 || b < 0 || a === b) continue;
    compared++;
    seen[rule.grade(field.values[a]!, field.values[b]!)]!++;
  }
  return Float64Array.from(rule.levels, ({ m, u }: Level, i) => {
    const share = ((seen[i] ?? 0) + priorPairs * u) / (compared + priorPairs);
    return Math.log2(m / share);
  });
}

/**
 * Counts how often rows that share a value of one field share one of another, where so many share the first that they
 * are strangers for the most part: everybody of a town is of its province too.
 * @returns how often, 0 to 1; undefined where they are not known to be strangers
 */
export function chanceGiven({ fields, rows }: Table, i: number, j: number): number | undefined {
  const one = fields[i]!;
  const other = fields[j]!;
  if (i === j) return undefined;
  let sharing = 0;
  for (const count of one.counts) sharing += (count * (count - 1)) / 2;
  if (sharing < rows * strangersPerMatch) return undefined;
  const both = new Map<number, number>();
  let filled = 0;
  let pairs = 0;
  const size = other.values.length;
  const perValue = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const a = one.columns[0]![row]!;
    const b = other.columns[0]![row]!;
    if (a < 0 || b < 0) continue;
    filled++;
    const key = a * size + b;
    const n = both.get(key) ?? 0;
    pairs += n;
    both.set(key, n + 1);
    perValue.set(a, (perValue.get(a) ?? 0) + 1);
  }
  if (filled === 0) return undefined;
  let base = 0;
  for (const n of perValue.values()) base += (n * (n - 1)) / 2;
  return base === 0 ? undefined : pairs / base;
}

/**
 * How frequent a value is: as the list says, and where the list is short, as it is in the world.
 * @param u how often two records that are not one share a value of this kind
 */
export function shareOf({ filled }: Field, count: number, u: number): number {
  return (count + world * u) / (filled + world);
}

/** How many other rows of a list say the very same, on the average. */
export function copiesOf({ rows, fields }: Table): number {
  const seen = new Map<string, number>();
  let pairs = 0;
  for (let row = 0; row < rows; row++) {
    const numbers = fields.flatMap(({ columns }) => columns.map((column) => column[row]!));
    if (numbers.every((number) => number < 0)) continue;
    const key = numbers.join(' ');
    const before = seen.get(key) ?? 0;
    pairs += before;
    seen.set(key, before + 1);
  }
  return rows === 0 ? 0 : (2 * pairs) / rows;
}

/** How often two rows taken at random have the same value of a field. */
export function chanceOfEqual({ counts }: Field): number {
  let cells = 0;
  let equal = 0;
  for (const count of counts) {
    cells += count;
    equal += count * count;
  }
  return cells === 0 ? 1 : equal / (cells * cells);
}
