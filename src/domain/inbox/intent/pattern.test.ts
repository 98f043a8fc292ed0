import { describe, expect, it } from 'vitest';
import { findPattern, readPattern } from './pattern.js';
import { sentencesOf } from './sentences.js';

const numbers = new Set(['due']);
const place = (pattern: string, text: string) =>
  sentencesOf(text)
    .map((sentence) => findPattern(readPattern(pattern), sentence, numbers))
    .find((found) => found !== undefined);

describe('a pattern', () => {
  it.each([
    ['voglio ordinare', 'Oggi VOGLIO ordinare', [1, 3]],
    ['voglio/vorrei ordin*', 'vorrei ordinarne due', [0, 2]],
    ["l'ordine", 'annullo l’ordine', [1, 3]],
    ['perche', 'Perché?', [0, 1]],
    ['non _ arrivat*', 'non mi è ancora arrivato', [0, 5]],
    ['non _ arrivat*', 'non arrivato', [0, 2]],
    ['0 copie', 'me ne servono due copie', [3, 5]],
    ['0 copie', '3 copie', [0, 2]],
    ["don't want", 'I don’t want it', [1, 3]],
    ['dont', "I don't", [1, 2]],
    ['^ do you', 'Hello, do you sell it', [1, 3]],
    ['più $', 'non scrivetemi più, grazie', [2, 3]],
  ])('%s stands in “%s”', (pattern, text, found) => {
    expect(place(pattern, text)).toEqual(found);
  });

  it.each([
    ['voglio ordinare', 'voglio. Ordinare'],
    ['non _ arrivat*', 'non so quando mi sia mai arrivato'],
    ['voglio -disdire', 'voglio proprio disdire'],
    ['^ do you', 'so do you'],
    ['più $', 'non mandate più la rivista'],
  ])('%s does not stand in “%s”', (pattern, text) => {
    expect(place(pattern, text)).toBeUndefined();
  });

  it('needs a word, and few gaps', () => {
    expect(() => readPattern('_ _')).toThrow('no word');
    expect(() => readPattern('-a')).toThrow('no word');
    expect(() => readPattern('a _ b _ c _ d _ e')).toThrow('gaps');
    expect(() => readPattern("let's/lets")).toThrow('apostrophe');
  });
});

describe('sentences', () => {
  it('end at marks and paragraphs, not at abbreviations', () => {
    const found = sentencesOf('Ai sensi dell’art. 52 recedo. Capito? Sì!\n\nVia\n- uno\n> citato');
    expect(found.map(({ words }) => words.join(' '))).toEqual([
      'ai sensi dell art 52 recedo',
      'capito',
      'si',
      'via',
      'uno',
    ]);
    expect(found.map(({ question }) => question)).toEqual([false, true, false, false, false]);
  });
});
