import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handlersOf } from './handlers.js';
import { drawSample } from './sample.js';

const pool = Array.from({ length: 200 }, (_, i) => ({ id: `case-${i}` }));

describe('a sample', () => {
  it('is the same for a seed, whatever the order of the pool', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(300), (seed, count) => {
        const drawn = drawSample(pool, count, seed);
        expect(drawn).toHaveLength(Math.min(count, pool.length));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawSample([...pool].reverse(), count, seed)).toEqual(drawn);
      }),
      { numRuns: 20 },
    );
  });

  it('changes by one where a case is gone, and all through with another seed', () => {
    const drawn = drawSample(pool, 10, 'a');
    const others = pool.filter(({ id }) => id !== drawn[3]?.id);
    expect(drawSample(others, 9, 'a')).toEqual(drawn.filter((_, i) => i !== 3));
    expect(drawSample(pool, 10, 'b')).not.toEqual(drawn);
  });

  it('gives every case its turn', () => {
    const times = new Map<string, number>();
    for (let week = 0; week < 400; week++)
      for (const { id } of drawSample(pool, 10, String(week))) times.set(id, (times.get(id) ?? 0) + 1);
    expect(times.size).toBe(pool.length);
    // Twenty times each is what chance would give.
    expect(Math.max(...times.values())).toBeLessThan(45);
  });
});

it('who owned, acted or was asked had a hand in a case', () => {
  const at = '2026-10-01T09:00:00Z';
  const history = [
    { at, by: 'anna', to: 'new' },
    { at, by: 'boss', owner: 'dino' },
    { at, by: 'dino', to: 'waiting_internal', asked: 'carla' },
    { at, to: 'open' },
  ];
  expect([...handlersOf({ owner: 'ugo', history })].sort()).toEqual(['anna', 'boss', 'carla', 'dino', 'ugo']);
  expect(handlersOf({ owner: undefined, history: 'x' as never }).size).toBe(0);
});
