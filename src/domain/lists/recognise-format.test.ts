import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFormats } from './formats/index.js';
import { recogniseFormat } from './recognise-format.js';
import { parseTarget } from './target.js';

interface Described {
  id: string;
  object: string;
  signature: string[];
  header: string[];
  then_repeat?: string[][];
  variants?: Record<string, string>;
  optional_columns?: string[];
}

const data = resolve(process.env.ITACA_DATA ?? '../shared/data', 'import', 'csv-headers.json');
const formats: Described[] = existsSync(data) ? JSON.parse(readFileSync(data, 'utf8')).formats : [];
const recognised = (header: string[]) => recogniseFormat(header)?.format.id;

describe('our own tables', () => {
  it('name fields that there are, and no column twice', () => {
    expect(listFormats).toHaveLength(34);
    for (const { id, columns, repeats, signature } of listFormats) {
      for (const field of Object.keys({ ...columns, ...repeats }))
        expect([id, parseTarget(field)]).not.toEqual([id, undefined]);
      const names = Object.values(columns).flatMap((text) =>
        text.split('|').map((name) => name.trim().toLowerCase()),
      );
      expect([id, names.filter((name, i) => names.indexOf(name) !== i)]).toEqual([id, []]);
      expect([id, signature.split('|').filter((name) => !names.includes(name.trim().toLowerCase()))]).toEqual(
        [id, []],
      );
    }
  });

  it('tell a header in any order and case, and what it says of each column', () => {
    const header = [
      'LABELS',
      'e-mail 2 - value',
      'File as',
      'E-mail 2 - Label',
      'Organization Name',
      'Phonetic First Name',
      'Shoe size',
    ];
    const { format, targets } = recogniseFormat(header)!;
    expect(format.id).toBe('google-contacts-2024');
    expect(targets[1]).toEqual({ field: 'email', group: 'e-mail 2', labelColumn: 3 });
    expect(targets[0]).toEqual({ field: 'tags' });
    expect(targets[6]).toBeUndefined();
  });

  it('know no header that lacks a column of the signature', () => {
    expect(recogniseFormat(['First Name', 'Last Name', 'Email'])).toBeUndefined();
    expect(recogniseFormat([])).toBeUndefined();
  });
});

describe.skipIf(formats.length === 0)('the headers that are on record (skipped: no data)', () => {
  it.each(formats.map((format) => [format.id, format] as const))(
    '%s is recognised as itself',
    (id, format) => {
      const {
        header,
        variants = {},
        optional_columns: optional = [],
        signature,
        then_repeat: repeats = [],
      } = format;
      const ours = listFormats.find((one) => one.id === id)!;
      expect(ours.object).toBe(format.object);
      const repeated = [1, 2].flatMap((n) => repeats.flat().map((name) => name.replace('{n}', String(n))));
      const whole = [...header, ...repeated];
      const needed = new Set(signature.map((name) => name.toLowerCase()));
      const cases: Record<string, string[]> = {
        header,
        whole,
        optional: [...new Set([...whole, ...optional])],
        variants: whole.map((name) => variants[name] ?? name),
        upper: whole.map((name) => name.toUpperCase()),
        shuffled: whole.toSorted((a, b) => a.length * 7 + a.charCodeAt(1) - (b.length * 7 + b.charCodeAt(1))),
        fewer: whole.filter((name, i) => i % 5 !== 3 || needed.has(name.toLowerCase())),
        more: [...whole, 'Shoe size', 'Colore preferito'],
      };
      for (const [name, columns] of Object.entries(cases))
        expect([name, recognised(columns)]).toEqual([name, id]);
      const { targets } = recogniseFormat(cases.optional!)!;
      const labels = new Set(repeated.filter((name) => / - (Label|Type|Service)$/.test(name)));
      expect(cases.optional!.filter((name, i) => !targets[i] && !labels.has(name))).toEqual([]);
    },
  );
});
