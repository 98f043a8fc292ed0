import { expect, it } from 'vitest';
import { chooseBody, subjectFor } from './language.js';

it.each([
  ['it', ['it', '*'], ['en'], 'it'],
  ['de-AT', ['de', 'de-at'], ['en'], 'de-at'],
  ['de-AT-x', ['de', '*'], ['en'], 'de'],
  ['PT-br', ['pt-BR'], ['en'], 'pt-BR'],
  ['fr', ['it', '*'], ['it'], '*'],
  ['fr', ['it'], ['it'], undefined],
  [undefined, ['it', '*'], ['it'], 'it'],
  [undefined, ['de', '*'], ['it', 'de'], '*'],
  [undefined, ['de'], ['it', 'de'], 'de'],
  [undefined, ['fr'], ['it', 'de'], undefined],
])('language %s, bodies %j, workspace %j: %s', (wanted, bodies, workspace, expected) => {
  expect(chooseBody(wanted, bodies, workspace)).toBe(expected);
});

it('a subject goes with the body the person reads', () => {
  const subject = { it: 'Ciao', de: 'Hallo' };
  expect(subjectFor('One', '*', 'fr', ['it'])).toBe('One');
  expect(subjectFor(subject, 'de', 'de-AT', ['it'])).toBe('Hallo');
  expect(subjectFor(subject, '*', 'fr', ['it'])).toBe('Ciao');
  expect(subjectFor(subject, 'fr', 'fr', ['it'])).toBeUndefined();
  expect(subjectFor(undefined, '*', 'it', ['it'])).toBeUndefined();
});
