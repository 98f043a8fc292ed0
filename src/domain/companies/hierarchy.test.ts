import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inCircles, parentsOf } from './hierarchy.js';

const firms = (text: string) => new Map(text.split(' ').map((pair) => pair.split('<') as [string, string]));

describe('firms that belong to others', () => {
  it('have these above them, the nearest first', () => {
    const parents = firms('shop<chain chain<group');
    expect(parentsOf('shop', (id) => parents.get(id))).toEqual(['chain', 'group']);
    expect(inCircles(parents)).toEqual([]);
  });

  it('may belong to themselves, by mistake', () => {
    const parents = firms('a<b b<c c<b d<d e<a');
    expect(inCircles(parents).sort()).toEqual(['b', 'c', 'd']);
    expect(parentsOf('a', (id) => parents.get(id))).toEqual(['b', 'c']);
    expect(parentsOf('d', (id) => parents.get(id))).toEqual([]);
  });

  it('are in a circle where they come back to themselves, and nowhere else', () => {
    const names = fc.constantFrom(...'abcdefgh');
    fc.assert(
      fc.property(fc.array(fc.tuple(names, names)), (pairs) => {
        const parents = new Map(pairs);
        const back = [...parents.keys()].filter((id) => {
          const above = parentsOf(id, (one) => parents.get(one));
          return parents.get(above.at(-1) ?? id) === id;
        });
        expect(inCircles(parents).sort()).toEqual(back.sort());
      }),
    );
  });
});
