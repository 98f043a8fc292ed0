import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItacaError } from '../../domain/error.js';
import { sameValue as same } from '../../domain/records/same-value.js';
import { editRecord } from './edit.js';
import { isEmpty } from './format.js';
import { decodeRecord, type ParsedRecord, parseRecord } from './parse.js';

/** Front matter as people write it: each entry is some lines, and the keys those lines set. */
interface Entry {
  lines: string[];
  keys: string[];
}

const known = new Set(['name', 'title', 'tags', 'emails', 'history', 'source', 'minutes', 'city', 'text']);
const isKnown = (key: string) => known.has(key);
const order = [...known];
const path = 'contacts/x.md';

const word = fc.constantFrom(
  'Mario',
  'a b',
  'vip',
  '00184',
  '12',
  'no',
  'è così',
  'x:y',
  'a#b',
  '2026-10-01',
);
const comment = fc.constantFrom('', '', '', ' # why', '   # said so: himself', '\t# tab');
const scalar = fc.oneof(
  word,
  word.map((one) => `'${one}'`),
  word.map((one) => `"${one}"`),
  fc.constantFrom('"a\\tb"', "'it''s'", '!!str 12', '~', 'null', 'true', '1e3', '"# no comment"'),
);
const flowList = fc.array(word, { maxLength: 3 }).map((items) => `[${items.join(',  ')}]`);
const flowMap = fc
  .array(fc.tuple(fc.constantFrom('k', 'l', '"m"'), word), { maxLength: 3 })
  .map((pairs) => `{${[...new Map(pairs)].map(([key, one]) => `${key}: ${one}`).join(', ')}}`);
const inline = fc.oneof(scalar, flowList, flowMap);
const indent = fc.constantFrom('  ', '    ', ' ', '   ');

const blockScalar = fc
  .tuple(
    fc.constantFrom('|', '>', '|-', '>-', '|+', '>+', '|2', '>2-'),
    comment,
    fc.array(fc.constantFrom('line', 'with # sign', '- dash', 'key: like', '', '  deeper', '---x'), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([style, note, lines]) => ({
    head: `${style}${note}`,
    lines: ['  first', ...lines.map((line) => (line === '' ? '' : `  ${line}`))],
  }));

const entryOf = (key: string): fc.Arbitrary<Entry> => {
  const written = fc.constantFrom(key, key, key, `"${key}"`, `'${key}'`);
  const own = (lines: string[]): Entry => ({ lines, keys: [key] });
  return fc.oneof(
    fc
      .tuple(written, fc.constantFrom(' ', '  '), inline, comment)
      .map(([k, gap, v, c]) => own([`${k}:${gap}${v}${c}`])),
    fc.tuple(written, comment).map(([k, c]) => own([`${k}:${c}`])),
    fc.tuple(written, blockScalar).map(([k, { head, lines }]) => own([`${k}: ${head}`, ...lines])),
    fc
      .tuple(written, fc.constantFrom('&a ', '!!str '), word)
      .map(([k, mark, v]) => own([`${k}: ${mark}${v}`])),
    fc
      .tuple(
        written,
        comment,
        fc.oneof(indent, fc.constant('')),
        fc.array(fc.tuple(inline, comment), { minLength: 1, maxLength: 4 }),
      )
      .map(([k, c, pad, items]) => own([`${k}:${c}`, ...items.map(([v, note]) => `${pad}- ${v}${note}`)])),
    fc
      .tuple(
        written,
        indent,
        fc.array(fc.tuple(inline, inline, comment), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
      )
      .map(([k, pad, items, spaced]) =>
        own([
          `${k}:`,
          ...items.flatMap(([one, two, c]) => [
            `${pad}- at: ${one}${c}`,
            ...(spaced ? ['', `${pad}  # between`] : []),
            `${pad}  to: ${two}`,
          ]),
        ]),
      ),
    fc
      .tuple(
        written,
        indent,
        fc.uniqueArray(fc.constantFrom('channel', 'by', '"at"'), { minLength: 1, maxLength: 3 }),
        inline,
        comment,
      )
      .map(([k, pad, inner, v, c]) => own([`${k}:`, ...inner.map((one) => `${pad}${one}: ${v}${c}`)])),
    fc.tuple(written, flowList).map(([k, v]) => own([`${k}: ${v.replace(/, {2}/g, ',\n    ')}`])),
    fc.tuple(written, word).map(([k, v]) => own([`${k}:`, `    ${v}`])),
    fc.tuple(written, word, word).map(([k, v, w]) => own([`${k}: ${v}`, `   ${w}`])),
    fc.constant(own([`? ${key}`, `: value`])),
  );
};

const filler = fc.constantFrom<Entry>(
  { lines: [], keys: [] },
  { lines: [''], keys: [] },
  { lines: ['# a remark'], keys: [] },
  { lines: ['   # an indented remark'], keys: [] },
  { lines: ['', '# after a gap'], keys: [] },
);

const keys = ['name', 'title', 'tags', 'history', 'source', 'text', 'x_own', 'y'];
const front = fc
  .uniqueArray(fc.constantFrom(...keys), { maxLength: 6 })
  .chain((chosen) => fc.tuple(...chosen.flatMap((key) => [filler, entryOf(key)]), filler))
  .map((entries) => (entries as Entry[]).flatMap(({ lines }) => lines))
  .chain((lines) =>
    // An alias of an anchor that stands before it.
    fc
      .boolean()
      .map((alias) => (alias && lines.some((line) => line.includes('&a ')) ? [...lines, 'zz: *a'] : lines)),
  );

const file = fc
  .record({
    lines: front,
    dos: fc.boolean(),
    bom: fc.boolean(),
    fence: fc.constantFrom('---', '---', '--- ', '---\t'),
    note: fc.constantFrom(
      '',
      '\nA note.\n',
      '\nA note without an end',
      'right below\n',
      '\n---\nnot a fence\n',
      '\n\n',
    ),
    closed: fc.boolean(),
  })
  .map(({ lines, dos, bom, fence, note, closed }) => {
    const text = `${fence}\n${lines.map((line) => `${line}\n`).join('')}${fence}${note === '' && !closed ? '' : `\n${note}`}`;
    return `${bom ? '\uFEFF' : ''}${dos ? text.replace(/\n/g, '\r\n') : text}`;
  });

const newValue = fc.oneof(
  word,
  fc.constantFrom(
    '',
    'two\nlines',
    '  led',
    'a: b',
    '# no comment',
    '- x',
    "it's",
    '"',
    '*a',
    '&b',
    '%',
    '---',
    'true',
    '12:30',
  ),
  fc.array(word, { maxLength: 4 }),
  fc.constantFrom({ channel: 'web' }, { channel: 'web', by: 'anna', at: '2026-10-01' }, { k: 'v' }),
  fc.array(fc.record({ at: word, to: word }), { maxLength: 3 }),
);
const change = fc.dictionary(fc.constantFrom(...keys, 'city', 'z_new'), newValue, { minKeys: 1, maxKeys: 2 });

function read(text: string): ParsedRecord | undefined {
  try {
    return parseRecord(text, path, isKnown);
  } catch (error) {
    if (error instanceof ItacaError && error.code === 'invalid') return undefined;
    throw error;
  }
}

/** The new text; undefined where the change was refused. */
function edited(record: ParsedRecord, changes: Record<string, unknown>): string | undefined {
  try {
    return editRecord(record, path, changes, { isKnown, order });
  } catch (error) {
    if (error instanceof ItacaError && error.code === 'invalid') return undefined;
    throw error;
  }
}

/** The lines of each top-level entry, from its key to the line before the next key, by that key. */
function blocks({ document, yaml }: ParsedRecord): Map<string, string> {
  const items =
    (document.contents as { items?: { key: { range: [number]; value: unknown; source?: string } }[] } | null)
      ?.items ?? [];
  const starts = items.map(({ key }) => yaml.lastIndexOf('\n', key.range[0] - 1) + 1);
  return new Map(
    items.map(({ key }, i) => [
      String(key.source ?? key.value),
      yaml.slice(starts[i], starts[i + 1] ?? yaml.length),
    ]),
  );
}

/** Lines of the old text that are in the new one, in order, must be all but those of the changed entries. */
function keepsOtherLines(before: ParsedRecord, after: string, changed: ReadonlySet<string>): void {
  const rest = after.split('\n');
  for (const [key, block] of blocks(before)) {
    if (changed.has(key)) continue;
    // The remarks that follow an entry may belong to a neighbour that goes; its own lines stay together.
    const own = block.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
    let at = 0;
    for (const line of own) {
      const found = rest.indexOf(line, at);
      expect(found, `the line ${JSON.stringify(line)} of ${key}`).toBeGreaterThanOrEqual(0);
      at = found + 1;
    }
  }
  for (const line of before.yaml.split('\n')) {
    if (/^#/.test(line)) expect(rest).toContain(line);
  }
}

describe('front matter written by hand', () => {
  it('is mostly front matter that can be read', () => {
    const texts = fc.sample(file, 500);
    expect(texts.filter((text) => read(text)).length).toBeGreaterThan(250);
  });

  it('stays byte for byte where nothing is changed', () => {
    fc.assert(
      fc.property(file, (text) => {
        const record = read(text);
        if (!record) return;
        expect(edited(record, {})).toBe(text);
        const said = Object.entries(record.data).filter(([, value]) => !isEmpty(value));
        expect(edited(record, Object.fromEntries(said))).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('changes by an edit only in the lines it must, and reads back as wanted; or the edit is refused', () => {
    let refused = 0;
    let done = 0;
    fc.assert(
      fc.property(file, change, (text, changes) => {
        const record = read(text);
        if (!record) return;
        const after = edited(record, changes);
        if (after === undefined) {
          refused++;
          return;
        }
        done++;
        const wanted: Record<string, unknown> = { ...record.data };
        for (const [key, value] of Object.entries(changes)) {
          if (isEmpty(value)) delete wanted[key];
          else wanted[key] = value;
        }
        const again = parseRecord(after, path, isKnown);
        expect(
          same(again.data, wanted),
          `${JSON.stringify(again.data)} is not ${JSON.stringify(wanted)}`,
        ).toBe(true);
        expect(again.note).toBe(record.note);
        expect(after.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
        if (record.eol === '\r\n') expect(after.replace(/\r\n/g, '')).not.toContain('\n');
        else expect(after).not.toContain('\r');
        keepsOtherLines(
          record,
          after,
          new Set(Object.keys(changes).filter((key) => !same(record.data[key], wanted[key]))),
        );
      }),
      { numRuns: 4000 },
    );
    expect(done).toBeGreaterThan(refused * 20);
  });
});

/** Markdown that others wrote: the documentation of packages, and of the npm that lies beside Node. */
function foreignFiles(): string[] {
  const roots = [
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    resolve(process.execPath, '../../lib/node_modules'),
  ];
  return roots
    .filter((root) => existsSync(root))
    .flatMap((root) => readdirSync(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(?:md|mdx|markdown)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('limits', () => {
  const refused = (yaml: string) => {
    try {
      parseRecord(`---\n${yaml}\n---\n`, path, isKnown);
    } catch (error) {
      expect(error).toBeInstanceOf(ItacaError);
      return (error as ItacaError).message;
    }
    throw new Error('expected a refusal');
  };

  it('hold for size, depth, aliases and the number of values', () => {
    expect(refused(`name: ${'x'.repeat(1024 * 1024)}`)).toMatch(/larger than 1 MB/);
    expect(refused(`y: ${'['.repeat(70)}${']'.repeat(70)}`)).toMatch(/deep/);
    expect(refused(Array.from({ length: 70 }, (_, depth) => `${' '.repeat(depth)}k:`).join('\n'))).toMatch(
      /deep/,
    );
    expect(refused(`y: &a x\nz: [${Array(101).fill('*a').join(', ')}]`)).toMatch(/more than 100 aliases/);
    expect(refused(`y: [${Array(200_001).fill('1').join(',')}]`)).toMatch(/too many values/);
    expect(refused('y: &a [*a]')).toMatch(/anchor|deep|aliases/);
  });
});

describe('Markdown of others', () => {
  it('is read or refused with a place, and never changed by an edit that changes nothing', () => {
    for (const name of foreignFiles()) {
      const bytes = readFileSync(name);
      let text: string;
      let record: ParsedRecord;
      try {
        text = decodeRecord(bytes, name);
        record = parseRecord(text, name, isKnown);
      } catch (error) {
        expect(error, name).toBeInstanceOf(ItacaError);
        continue;
      }
      expect(editRecord(record, name, {}, { isKnown, order }), name).toBe(text);
      const added = editRecord(record, name, { city: 'Roma' }, { isKnown, order });
      expect(added.replace(/^city: Roma\r?\n/m, ''), name).toBe(text);
    }
  }, 120_000);
});
