import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, jaroWinkler } from './similarity.js';

/** Few letters, so that texts have much in common. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'è'), maxLength: 12 });
const pairs = fc.tuple(text, text);

/** Optimal string alignment by its definition, over the whole table. */
function alignment(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min(table[i - 1]![j]! + 1, table[i]![j - 1]! + 1, table[i - 1]![j - 1]! + other);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, table[i - 2]![j - 2]! + 1);
      table[i]![j] = edits;
    }
  }
  return table[a.length]![b.length]!;
}

/** Jaro's measure with Winkler's bonus, by its definition. */
function winkler(a: string, b: string): number {
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Set<number>();
  const commonA = [...a].filter((letter, i) => {
    const j = [...b].findIndex(
      (other, at) => other === letter && Math.abs(at - i) <= reach && !taken.has(at),
    );
    if (j >= 0) taken.add(j);
    return j >= 0;
  });
  const commonB = [...b].filter((_, j) => taken.has(j));
  const m = commonA.length;
  if (m === 0) return 0;
  const swapped = commonA.filter((letter, i) => letter !== commonB[i]).length / 2;
  const jaro = (m / a.length + m / b.length + (m - swapped) / m) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

describe('the edit distance', () => {
  it('is that of the definition, up to its limit', () => {
    fc.assert(
      fc.property(pairs, fc.nat(12), ([a, b], limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(limit + 1, alignment(a, b)));
      }),
      { numRuns: 2000 },
    );
  });

  it('is symmetric, nothing only between equals, and bounded by the lengths', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const edits = editDistance(a, b, 20);
        expect(editDistance(b, a, 20)).toBe(edits);
        expect(edits === 0).toBe(a === b);
        expect(edits).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(edits).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  it('is never more than twice the way over a third text', () => {
    // Swapped neighbours are never edited again, so that the triangle holds only with this slack.
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(editDistance(a, c, 30)).toBeLessThanOrEqual(
          2 * (editDistance(a, b, 30) + editDistance(b, c, 30)),
        );
      }),
    );
  });

  it.each([
    ['kitten', 'sitting', 3],
    ['mario', 'maroi', 1],
    ['', 'abc', 3],
    ['rossi', 'rosi', 1],
  ])('of %j and %j is %i', (a, b, edits) => expect(editDistance(a, b, 9)).toBe(edits));
});

describe('Jaro and Winkler', () => {
  it('measure as they defined it', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect(jaroWinkler(a, b)).toBeCloseTo(winkler(a, b), 10);
      }),
      { numRuns: 2000 },
    );
  });

  it('give 0 to 1, and 1 to equals only', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const alike = jaroWinkler(a, b);
        expect(alike).toBeGreaterThanOrEqual(0);
        expect(alike).toBeLessThanOrEqual(1);
        expect(alike === 1).toBe(a === b);
      }),
    );
  });

  it.each([
    ['martha', 'marhta', 0.9611],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.8133],
  ])('find %s and %s alike as Winkler did', (a, b, alike) => expect(jaroWinkler(a, b)).toBeCloseTo(alike, 4));

  it('compare the beginning of texts of any length', () => {
    const long = 'x'.repeat(10_000);
    expect(jaroWinkler(long, `${long}y`)).toBeLessThanOrEqual(1);
    expect(editDistance(long, `y${long}`, 3)).toBeLessThanOrEqual(4);
  });
});
