import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdSet } from './id-set.js';

// Ids that share their first digits, so that places and words collide.
const id = fc
  .tuple(
    fc.constantFrom('00000000', 'ffffffff', '0000000a'),
    fc.constantFrom('00000000', '00000001'),
    fc.nat(0xffff),
  )
  .map(([a, b, c]) => a + b + c.toString(16).padStart(4, '0'));

it('holds exactly the ids that were added', () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 300 }), fc.array(id), (added, others) => {
      const [set, model] = [new IdSet(4), new Set<string>()];
      for (const one of added) {
        expect(set.add(one)).toBe(!model.has(one));
        model.add(one);
      }
      expect(set.size).toBe(model.size);
      for (const one of [...added, ...others]) expect(set.has(one)).toBe(model.has(one));
    }),
  );
});
