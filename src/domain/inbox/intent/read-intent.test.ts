import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { replyText } from '../reply/reply-text.js';
import { intentModel, trainIntents } from './model.js';
import { intentThreshold, readIntent } from './read-intent.js';
import { intentWords, intentWordsFile, joinIntentWords } from './words.js';

const file = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const templates = '../../../../templates/inbox';
const readIntentWords = (value: unknown) => intentWords(intentWordsFile.parse(value));
const words = readdirSync(new URL(`${templates}/words`, import.meta.url)).map((name) =>
  readIntentWords(parse(file(`${templates}/words/${name}`))),
);
const model = intentModel.parse(JSON.parse(file(`${templates}/model.json`)));

interface Labelled {
  language: string;
  intent: string | null;
  unsubscribe?: boolean;
  reply?: boolean;
  subject?: string;
  text: string;
  held: boolean;
}

const labelled = (name: string) =>
  file(`./fixtures/${name}`)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled);
const messages = labelled('messages.jsonl');
const secondAuthors = labelled('strangers-later.jsonl');
const read = (text: string, isReply = false, subject = '') =>
  readIntent({ subject, text, isReply }, { words, model });
const readLabelled = ({ text, reply = false, subject = '' }: Labelled) =>
  read(replyText(text), reply, subject);

describe('what a person wants', () => {
  it.each([
    ['cancellation', 'Non sono mai arrivati i libri. Annullate l’ordine e restituitemi i soldi.'],
    ['cancellation', 'The books never came. Please cancel my order.'],
    ['complaint', 'O mi riparate il decoder entro venerdì o me ne vado. Se non rispondete disdico tutto.'],
    ['complaint', 'You still charge me although I cancelled my contract last year. Unacceptable.'],
    ['question', 'Vorrei sapere come si disdice l’abbonamento, per ora resto con voi.'],
    ['question', 'How do I cancel my subscription?'],
    ['cancellation', 'Could you please cancel my subscription?'],
    ['order', 'Potete spedirmi 3 copie?'],
    ['privacy', 'Chiedo copia dei miei dati personali ai sensi del GDPR.'],
    ['order', 'I’ll have the bigger package, when can somebody install it?'],
    ['question', 'If I cancel the contract before May, is there a fee?'],
    ['question', 'Posso annullare la prenotazione, o è troppo tardi?'],
    ['order', 'Mi riservate due posti per domenica?'],
    ['cancellation', 'nn voglio rinnovare, chiudete pure'],
    ['cancellation', 'pls cancel the order'],
    ['cancellation', 'Could you take me off the Thursday class for good?'],
    ['order', 'I do not want to cancel my subscription, I would like to renew it for another year.'],
  ])('is a %s: %s', (intent, text) => {
    const { intent: found, confidence, why } = read(text);
    expect([found, why]).toEqual([intent, why]);
    expect(confidence).toBeGreaterThanOrEqual(intentThreshold);
    expect(why).toMatch(new RegExp(`^${intent}: .`));
  });

  it.each(['Toglietemi dalla lista', 'Stop sending me emails', 'Bitte nehmen Sie mich aus dem Verteiler'])(
    'is no more messages: %s',
    (text) => {
      expect(read(text)).toMatchObject({ unsubscribe: true, intent: undefined });
    },
  );

  it.each([
    'How can I unsubscribe?',
    'Cancellate la mia iscrizione al corso',
    'Toglieteci dall’elenco dei partecipanti',
  ])('is something else than no more messages: %s', (text) => {
    expect(read(text).unsubscribe).toBe(false);
  });

  it('is both where both is said', () => {
    const reading = read('Disdico l’abbonamento n. 184. E basta newsletter, non scrivetemi più.');
    expect(reading).toMatchObject({ intent: 'cancellation', unsubscribe: true });
  });

  it('is not guessed', () => {
    for (const text of ['', '.', 'test', 'In allegato.', 'xyzzy plugh'])
      expect(read(text).intent).toBeUndefined();
  });

  it('is an answer where a message of ours is answered and nothing is wanted', () => {
    expect(read('Ricevuto, grazie mille!', true).intent).toBe('reply');
    expect(read('Ricevuto, grazie mille!').intent).not.toBe('reply');
    expect(read('Ordino 12 copie, grazie.', true).intent).toBe('order');
  });

  it('is nothing where somebody thanks or sends news', () => {
    for (const text of [
      'Thanks ever so much, you have been a star.',
      'As agreed, the window measures 120 by 140.',
      'In allegato la copia firmata come richiesto.',
      'Per vostra informazione il nuovo IBAN è quello in calce.',
    ])
      expect(read(text).intent).toBeUndefined();
  });

  it('does not read the subject of ours', () => {
    expect(read('Ok', true, 'Reclamo vergognoso').intent).not.toBe('complaint');
    expect(read('Buongiorno', false, 'Reclamo per libri mai arrivati').intent).toBe('complaint');
  });

  it('is read by the words that a team adds', () => {
    const own = readIntentWords({ language: 'it', order: { strong: ['sgranchire i gatti'] } });
    const text = 'Vogliate sgranchire i gatti';
    expect(read(text).intent).toBeUndefined();
    expect(
      readIntent({ subject: '', text, isReply: false }, { words: joinIntentWords([...words, own]), model })
        .intent,
    ).toBe('order');
    const czech = readIntentWords({ language: 'cs', complaint: { strong: ['stížnost'] } });
    expect(
      readIntent({ subject: '', text: 'Stížnost', isReply: false }, { words: [...words, czech] }).intent,
    ).toBe('complaint');
  });

  it('refuses words that are none', () => {
    expect(() => readIntentWords({ language: 'it', order: { string: ['x'] } })).toThrow();
    expect(() => readIntentWords({ language: 'it', unsubscribe: ['_'] })).toThrow('no word');
    expect(() => readIntentWords(null)).toThrow();
  });
});

describe('the labelled messages', () => {
  const four = ['order', 'complaint', 'cancellation', 'question'];

  it('are a hundred of each, half of them Italian, a third set aside', () => {
    for (const language of ['it', 'en'])
      for (const intent of four)
        expect(
          messages.filter((one) => one.language === language && one.intent === intent).length,
        ).toBeGreaterThanOrEqual(50);
    const held = messages.filter((one) => one.held).length;
    expect(held).toBeGreaterThan(150);
  });

  it.each([
    ['it', 0.86],
    ['en', 0.9],
    ['de', 0.8],
    ['fr', 0.8],
    ['es', 0.8],
  ])('set aside in %s are read right', (language, floor) => {
    const held = messages.filter(
      (one) => one.held && one.language === language && four.includes(one.intent!),
    );
    const right = held.filter((one) => readLabelled(one).intent === one.intent);
    expect(right.length / held.length).toBeGreaterThanOrEqual(floor);
  });

  it.each(['it', 'en'])('of a second author in %s are read right', (language) => {
    const some = secondAuthors.filter((one) => one.language === language && four.includes(one.intent!));
    const right = some.filter((one) => readLabelled(one).intent === one.intent);
    expect(right.length / some.length).toBeGreaterThanOrEqual(0.88);
  });

  it('are rarely read wrong: a person sees what is not sure', () => {
    for (const some of [messages.filter((one) => one.held), labelled('later.jsonl'), secondAuthors]) {
      const answered = some.filter((one) => readLabelled(one).intent !== undefined);
      const right = answered.filter((one) => readLabelled(one).intent === (one.intent ?? undefined));
      expect(right.length / answered.length).toBeGreaterThanOrEqual(0.9);
    }
  });

  it('that want no more messages are known as such, and hardly others', () => {
    const wished = messages.filter((one) => one.unsubscribe);
    expect(wished.filter((one) => readLabelled(one).unsubscribe).length).toBeGreaterThanOrEqual(
      wished.length - 1,
    );
    // Who objects to advertising (GDPR, article 21) wants none, either.
    const others = messages.filter(
      (one) => !one.unsubscribe && one.intent !== 'privacy' && readLabelled(one).unsubscribe,
    );
    expect(others.length).toBeLessThanOrEqual(1);
  });

  it('that are not set aside made the model that comes along', () => {
    const examples = [...messages, ...labelled('strangers.jsonl')]
      .filter(({ held, intent }) => !held && intent !== null)
      .map(({ subject, text, reply, intent }) => ({
        text: [reply ? '' : (subject ?? ''), replyText(text)].filter(Boolean).join('\n\n'),
        intent: intent as 'order',
      }));
    expect(model).toEqual(trainIntents(examples));
  });
});

describe('any text', () => {
  it('is read without an error, and always alike', () => {
    const pieces = fc.constantFrom(
      'annullate',
      'l’ordine',
      'NON',
      '?',
      '!!!',
      '\n\n',
      'se',
      '> x',
      'you',
      '\0',
      '3',
      ',',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 40 }),
        fc.boolean(),
        (some, reply) => {
          const text = some.join(' ');
          const reading = read(text, reply, text);
          expect(reading.confidence).toBeGreaterThanOrEqual(0);
          expect(reading.confidence).toBeLessThanOrEqual(1);
          expect(read(text, reply, text)).toEqual(reading);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes no longer than what is read of it', () => {
    for (const piece of [
      'a',
      'non ',
      'non arrivato? ',
      '? ',
      '\n',
      ',',
      "n't ",
      'voglio, ',
      'ordine. Ordine',
      '> x\n',
      '.',
      ' ',
    ]) {
      const text = piece.repeat(10_000_000 / piece.length);
      const began = performance.now();
      read(text, false, text);
      const taken = performance.now() - began;
      if (taken > 10_000) throw new Error(`${JSON.stringify(piece)}: ${Math.round(taken)} ms`);
    }
  });
});
