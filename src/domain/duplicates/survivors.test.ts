import { describe, expect, it } from 'vitest';
import { survivorsOf } from './survivors.js';

const led = (...merges: [id: string, into: string][]) =>
  Object.fromEntries(survivorsOf(merges.map(([id, into]) => ({ id, into }))));

describe('survivorsOf', () => {
  it('follows merges to the end', () => {
    expect(led(['c', 'b'], ['b', 'a'], ['x', 'a'])).toEqual({ c: 'a', b: 'a', x: 'a' });
    expect(led(['b', 'a'], ['c', 'b'])).toEqual({ b: 'a', c: 'a' });
  });

  it('gives those in a circle, and all that lead there, to the smallest id', () => {
    for (const merges of [
      [
        ['b', 'a'],
        ['a', 'b'],
        ['x', 'b'],
      ],
      [
        ['x', 'b'],
        ['a', 'b'],
        ['b', 'a'],
      ],
    ] as [string, string][][])
      expect(led(...merges)).toEqual({ b: 'a', x: 'a' });
    expect(led(['b', 'c'], ['c', 'a'], ['a', 'b'])).toEqual({ b: 'a', c: 'a' });
  });

  it('lets one that was merged into itself stand', () => {
    expect(led(['a', 'a'])).toEqual({});
  });
});
