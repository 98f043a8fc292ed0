import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intents } from '../classification.js';
import { featuresOf, intentModel, joinIntentModels, scoreIntents, trainIntents } from './model.js';

const examples = [
  { text: 'The parcel is broken, ring 06 5550123', intent: 'complaint' },
  { text: 'A broken glass, says Gertrude', intent: 'complaint' },
  { text: 'Send me two glasses', intent: 'order' },
  { text: 'Send me the parcel', intent: 'order' },
] as const;

describe('what is learned of messages', () => {
  it('tells which of them a new one is like', () => {
    const scores = scoreIntents(trainIntents(examples), 'all broken');
    expect(scores.get('complaint')).toBeGreaterThan(scores.get('order')!);
    expect(scoreIntents(trainIntents(examples), 'xyzzy').size).toBe(0);
    expect(scoreIntents(trainIntents([]), 'broken').size).toBe(0);
  });

  it('keeps no word of one message alone, and no number', () => {
    const kept = JSON.stringify(trainIntents(examples));
    expect(kept).toContain('broken');
    expect(kept).not.toContain('gertru');
    expect(kept).not.toContain('5550123');
  });

  it('does not hang on the order of the examples, and is joined by adding', () => {
    const example = fc.record({
      text: fc
        .array(fc.constantFrom('send', 'me', 'broken', '__proto__', 'constructor', '?'))
        .map((w) => w.join(' ')),
      intent: fc.constantFrom(...intents),
    });
    fc.assert(
      fc.property(fc.array(example), (some) => {
        expect(trainIntents(some.toReversed())).toEqual(trainIntents(some));
        const twice = joinIntentModels(trainIntents(some), trainIntents(some));
        expect(intentModel.parse(JSON.parse(JSON.stringify(twice)))).toBeDefined();
        for (const [feature, row] of Object.entries(trainIntents(some).features))
          expect(twice.features[feature]).toEqual(row.map((count) => count * 2));
      }),
    );
  });

  it('counts a word once, and words of one stem as one', () => {
    expect(featuresOf('annullare annullate 12?')).toEqual(['?', 'annull', 'annull annull', '#', 'annull #']);
  });
});
