import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bCubed, pairsOnlyIn, pairsWithin, qualityOf, togetherInBoth } from './evaluate.js';
import { clustersOfLabels, clustersOfPairs } from './truth.js';

const clustering = (rows: number) =>
  fc
    .array(fc.nat(4), { minLength: rows, maxLength: rows })
    .map((labels) => clustersOfLabels(labels.map(String)));

const two = fc.integer({ min: 1, max: 14 }).chain((rows) => fc.tuple(clustering(rows), clustering(rows)));
const across = fc.option(fc.nat(14), { nil: undefined });

/** Every pair of rows, or of rows across. */
function every(rows: number, from: number | undefined): [number, number][] {
  const all: [number, number][] = [];
  for (let a = 0; a < rows; a++) {
    for (let b = a + 1; b < rows; b++) if (from === undefined || (a < from && b >= from)) all.push([a, b]);
  }
  return all;
}

describe('counting pairs', () => {
  it('counts what counting one by one does', () => {
    fc.assert(
      fc.property(two, across, ([found, truth], from) => {
        const all = every(found.length, from);
        const inFound = all.filter(([a, b]) => found[a] === found[b]);
        const inBoth = inFound.filter(([a, b]) => truth[a] === truth[b]);
        const wrong = inFound.filter(([a, b]) => truth[a] !== truth[b]);
        expect(pairsWithin(found, from)).toBe(inFound.length);
        expect(pairsWithin(togetherInBoth(found, truth), from)).toBe(inBoth.length);
        const sorted = [...pairsOnlyIn(found, truth, from)].sort(([a, b], [c, d]) => a - c || b - d);
        expect(sorted).toEqual(wrong);
      }),
      { numRuns: 500 },
    );
  });

  it('gives precision, recall and their harmonic mean', () => {
    expect(qualityOf(4, 3, 6)).toEqual({ precision: 0.75, recall: 0.5, f1: 0.6 });
    expect(qualityOf(0, 0, 6)).toEqual({ precision: 1, recall: 0, f1: 0 });
    expect(qualityOf(0, 0, 0)).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(qualityOf(2, 0, 0)).toEqual({ precision: 0, recall: 1, f1: 0 });
  });
});

describe('B-cubed', () => {
  it('is what its definition gives', () => {
    fc.assert(
      fc.property(two, ([found, truth]) => {
        const rows = [...found.keys()];
        const mean = (of: (row: number) => number) =>
          rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
        const share = (part: Int32Array, whole: Int32Array) => (row: number) => {
          const mates = rows.filter((other) => part[other] === part[row]);
          return mates.filter((other) => whole[other] === whole[row]).length / mates.length;
        };
        const { precision, recall, f1 } = bCubed(found, truth);
        expect(precision).toBeCloseTo(mean(share(found, truth)), 10);
        expect(recall).toBeCloseTo(mean(share(truth, found)), 10);
        expect(f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 10);
      }),
      { numRuns: 500 },
    );
  });

  it('is whole for a clustering and itself', () => {
    const clusters = clustersOfLabels(['a', 'b', 'a', '', '']);
    expect(bCubed(clusters, clusters)).toEqual({ precision: 1, recall: 1, f1: 1 });
  });
});

describe('the truth', () => {
  it('of labels leaves rows without one alone', () => {
    expect([...clustersOfLabels(['x', '', 'y', 'x', ''])]).toEqual([0, 1, 2, 0, 4]);
  });

  it('of pairs joins what hangs together', () => {
    expect([
      ...clustersOfPairs(6, [
        [4, 1],
        [1, 3],
        [5, 0],
      ]),
    ]).toEqual([0, 1, 2, 1, 1, 0]);
  });
});
