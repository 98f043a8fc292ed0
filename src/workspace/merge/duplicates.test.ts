import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeRecords } from '../../domain/duplicates/merge.js';
import { mergeEntries } from '../../domain/duplicates/provenance.js';
import { joinEntries } from '../../domain/duplicates/unmerge.js';
import { parseRecord } from '../codec/parse.js';
import { rowOf } from '../index/row.js';
import { mergedTexts, type RecordFile, separatedTexts } from './duplicates.js';

const options = {
  take: new Set<string>(),
  at: '2026-11-20T11:00:00+01:00',
  by: 'anna',
  country: 'IT',
  over: (when: string) => when < '2026-11-20',
  isPurpose: (purpose: string) => purpose === 'newsletter',
};

const ids = { survivor: 'aaaaaaaaaa', other: 'bbbbbbbbbb' };

function file(which: keyof typeof ids, text: string): RecordFile {
  const ref = `mario-${ids[which]}`;
  return { kind: 'contact', ref, path: `contacts/${ref}.md`, text };
}

function half({ ref, path, text }: RecordFile) {
  const row = rowOf('contact', path, text, 'IT');
  return { ref, data: JSON.parse(row.data ?? '{}') as Record<string, unknown>, note: row.note };
}

function merged(survivor: RecordFile, other: RecordFile, take: string[] = []) {
  const merge = mergeRecords(half(survivor), half(other), { ...options, take: new Set(take) });
  const texts = mergedTexts(survivor, other, merge);
  return { merge, survivor: { ...survivor, text: texts.survivor }, other: { ...other, text: texts.other } };
}

function parted(survivor: RecordFile, other: RecordFile) {
  const entries = mergeEntries(half(survivor).data).filter(({ ref }) => ref === other.ref);
  return separatedTexts(survivor, other, joinEntries(entries) ?? { ref: other.ref }, []);
}

/** Entries of front matter in many spellings; each begins with its key. */
const entries: Record<string, string[]> = {
  name: ['name: Mario Rossi', 'name: "Mario R\\u006fssi" # as on the card', "name: 'Rossi, Mario'"],
  title: ['title: Boss', 'title: "Boss"   # since May', 'title: >-\n  Head of\n  Sales', 'title:'],
  emails: [
    'emails: [mario@example.it, "m.rossi@example.it"] # both work',
    'emails:\n  - mario@example.it # home\n  - address: m@example.org\n    primary: true',
    'emails: mario@example.com',
    'emails:\n- a@example.it\n# between\n- b@example.it',
    'emails:\n  - { address: "x@example.it", label: work }',
  ],
  phones: ['phones:\n  - 02 5550 0123', 'phones: ["+39 02 55500123"]', 'phones: 02 5550 0199'],
  tags: ['tags: vip', 'tags: [fair, "2026"]', 'tags:\n    - fair\n\n    - "no"'],
  identifiers: [
    'identifiers:\n  member: "00184"',
    'identifiers: { card: x1 } # old',
    'identifiers: {member: 7}',
  ],
  source: ['source: {channel: fair, name: "Fiera"}', 'source:\n  channel: web # form'],
  consents: [
    'consents:\n  - purpose: newsletter\n    state: given\n    at: 2026-05-01',
    'consents:\n  - {purpose: newsletter, state: withdrawn, at: 2025-01-01}',
  ],
  x_score: [
    'x_score: 5',
    'x_score: 0x1F # hex',
    'x_score: [1, 2, {a: b}]',
    'x_score:\n  deep:\n    - a: 1\n      b: ~',
  ],
  x_text: ['x_text: |\n  first\n\n    second\n', 'x_text: "a\\tb"', '? x_text\n: odd'],
};

const record = fc
  .record({
    chosen: fc.record(
      Object.fromEntries(Object.entries(entries).map(([key, texts]) => [key, fc.constantFrom(...texts)])),
      { requiredKeys: ['name'] },
    ),
    shuffled: fc.array(fc.integer(), { minLength: 12, maxLength: 12 }),
    comment: fc.constantFrom('', '# a comment\n', '\n# two\n\n'),
    note: fc.constantFrom(
      '',
      '\nA note.\n',
      '\nA note.',
      '\n\nTwo\n\nparts  \n\n\n',
      'close\n',
      '\nA note.\nmore\n',
    ),
    crlf: fc.boolean(),
    bom: fc.boolean(),
    flow: fc.boolean(),
  })
  .map(({ chosen, shuffled, comment, note, crlf, bom, flow }) => {
    const lines = Object.values(chosen)
      .map((text, i) => [shuffled[i] as number, text] as const)
      .sort(([a], [b]) => a - b)
      .map(([, text]) => `${text}\n`);
    const front = flow
      ? '{name: Mario, title: Boss, tags: [a]} # in one line\n'
      : `${comment}${lines.join('')}${comment}`;
    const text = `${bom ? '\ufeff' : ''}---\n${front}---\n${note}`;
    return crlf ? text.replace(/\n/g, '\r\n') : text;
  });

describe('a merge of two records', () => {
  it('is taken back byte for byte', () => {
    fc.assert(
      fc.property(record, record, fc.subarray(['name', 'title', 'source']), (first, second, wanted) => {
        const survivor = file('survivor', first);
        const other = file('other', second);
        const known = half(other).data;
        const take = wanted.filter(
          (key) => known[key] !== undefined && known[key] !== null && known[key] !== '',
        );
        const after = merged(survivor, other, take);
        const back = parted(after.survivor, after.other);
        expect(back.survivor).toBe(first);
        expect(back.other).toBe(second);
        expect(back.ambiguous).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps what came since, and gives back what was taken', () => {
    const survivor = file('survivor', '---\nname: Mario Rossi\ntags:\n  - fair\n---\n\nOwn note.\n');
    const other = file(
      'other',
      '---\nname: M. Rossi\ntitle: Boss\nlanguage: it\nemails:\n  - m@example.it\n  - n@example.it\ntags:\n  - vip\n---\n\nOther note.\n',
    );
    const after = merged(survivor, other);
    expect(after.merge.left).toEqual([{ key: 'name', survivor: 'Mario Rossi', other: 'M. Rossi' }]);
    const text = after.survivor.text
      .replace('  - vip\n', '  - vip\n  - later\n')
      .replace('language: it', 'language: de')
      .replace('Other note.\n', 'Other note.\n\nWritten later.\n');
    const back = parted({ ...after.survivor, text }, after.other);
    expect(back.other).toBe(other.text);
    expect(back.survivor).toBe(
      '---\nname: Mario Rossi\nlanguage: de\ntags:\n  - fair\n  - later\n---\n\nOwn note.\n\nWritten later.\n',
    );
    expect(back.ambiguous).toEqual([{ key: 'language', value: 'de', why: 'was changed since it was taken' }]);
    expect(back.restored.map(({ key }) => key).sort()).toEqual(['emails', 'emails', 'note', 'tags', 'title']);
  });

  it('says for each value where it is from, in lines that people can read', () => {
    const survivor = file('survivor', '---\nname: Mario Rossi\ntitle: Chief\n---\n');
    const other = file('other', '---\nname: Mario Rossi\ntitle: Boss\nemails:\n  - m@example.it\n---\n');
    expect(merged(survivor, other, ['title']).survivor.text).toBe(`---
name: Mario Rossi
title: Boss
emails:
  - m@example.it
merged_from:
  - ref: mario-bbbbbbbbbb
    at: 2026-11-20T11:00:00+01:00
    by: anna
    took:
      title: Boss
      emails:
        - m@example.it
    replaced:
      title: Chief
---
`);
  });

  it('leaves the provenance readable as front matter', () => {
    const survivor = file('survivor', '---\nname: Mario\ntags: [a] # c\n---\n');
    const other = file('other', '---\nname: Mario\ntags: [b]\n---\n');
    const { data } = parseRecord(merged(survivor, other).survivor.text, 'x', () => true);
    expect(data).toMatchObject({ tags: ['a', 'b'], merged_from: [{ took: { tags: ['b'] } }] });
  });
});
