import { describe, expect, it } from 'vitest';
import { languageOf } from './language.js';

describe('the language of a text', () => {
  it.each([
    ['it', 'Buongiorno, non ho ancora ricevuto il libro che ho ordinato.'],
    ['it', 'PERCHE NESSUNO RISPONDE'],
    ['en', 'I have not yet received the book that I ordered.'],
    ['de', 'Ich habe das Buch noch nicht erhalten.'],
    ['de', 'Wann kommt die Ware?'],
    ['fr', "Je n'ai pas encore reçu le livre que j'ai commandé."],
    ['es', 'Todavía no he recibido el libro que pedí.'],
  ])('%s: %s', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });

  it('is not known where nothing tells', () => {
    for (const text of ['', '12345', 'xyzzy', 'ありがとう']) expect(languageOf(text)).toBeUndefined();
  });
});
