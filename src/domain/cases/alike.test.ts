import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aboutOf, likeness, readsAlike } from './alike.js';

const alike = (one: string, other: string) => readsAlike(aboutOf(one), aboutOf(other));

describe('two texts', () => {
  it.each([
    ['The book ordered on 1 December never came', 'My book of 1 December never came'],
    ['Lampada rotta', 'Le lampade sono rotte'],
    ['Broken lamp', 'The lamp is broken, and nobody answers the phone'],
    ['Refund', 'About the refund'],
    ['Parcel lamps yesterday morning', 'Parcel lamps invoice wrong twice'],
  ])('read alike: %s | %s', (one, other) => expect(alike(one, other)).toBe(true));

  it.each([
    ['Broken lamp', 'Wants the price list'],
    ['Broken lamp', 'Broken promise by the driver'],
    ['Where is the parcel with the lamps', 'Invoice for the lamps is wrong'],
    ['Parcel lamps yesterday morning street', 'Parcel lamps invoice wrong twice'],
    ['the and for', 'the and for'],
    ['', ''],
  ])('do not: %s | %s', (one, other) => expect(alike(one, other)).toBe(false));
});

it('likeness is the same both ways, from 0 to 1, and 1 of a text and itself', () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 8 }), fc.lorem({ maxCount: 8 }), fc.string(), (one, other, any) => {
      const [a, b, c] = [aboutOf(one), aboutOf(other), aboutOf(any)];
      expect(likeness(a, b)).toBe(likeness(b, a));
      expect(likeness(a, b)).toBeGreaterThanOrEqual(0);
      expect(likeness(a, b)).toBeLessThanOrEqual(1);
      expect(likeness(c, c)).toBe(c.size === 0 ? 0 : 1);
    }),
  );
});
