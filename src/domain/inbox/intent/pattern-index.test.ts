import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { findPattern } from './pattern.js';
import { candidatesIn } from './pattern-index.js';
import { sentencesOf } from './sentences.js';
import { intentWords, intentWordsFile } from './words.js';

const file = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const folder = '../../../../templates/inbox/words';
const languages = readdirSync(new URL(folder, import.meta.url)).map((name) =>
  intentWords(intentWordsFile.parse(parse(file(`${folder}/${name}`)))),
);

it('leaves out no phrase that stands in a sentence', () => {
  const texts = file('./fixtures/messages.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).text as string);
  let stands = 0;
  for (const sentence of texts.flatMap((text) => sentencesOf(text)))
    for (const words of languages) {
      const candidates = candidatesIn(sentence, words);
      for (const { pattern } of words.phrases) {
        if (findPattern(pattern, sentence, words.numbers) === undefined) continue;
        expect(candidates.has(pattern), pattern.source).toBe(true);
        stands++;
      }
    }
  expect(stands).toBeGreaterThan(1000);
});
