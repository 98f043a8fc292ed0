import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItacaError } from '../../domain/error.js';
import { editRecord } from './edit.js';
import { formatEntry, formatRecord, libraryEntry } from './format.js';
import { decodeRecord, parseRecord } from './parse.js';
import { quickRead } from './quick-read.js';

const known = new Set(['name', 'title', 'tags', 'emails', 'history', 'postal_code', 'source', 'minutes']);
const isKnown = (key: string) => known.has(key);
const order = ['name', 'title', 'emails', 'tags', 'history'];
const parse = (text: string) => parseRecord(text, 'contacts/x.md', isKnown);
const edit = (text: string, changes: Record<string, unknown>, note?: string) =>
  editRecord(parse(text), 'contacts/x.md', changes, {
    isKnown,
    order,
    ...(note === undefined ? {} : { note }),
  });

function errorOf(run: () => unknown): ItacaError {
  try {
    run();
  } catch (error) {
    if (error instanceof ItacaError) return error;
    throw error;
  }
  throw new Error('expected an error');
}

const hand = `---
# met at the fair
name: 'Mario Rossi'   # his mother says Mariolino
postal_code: 00184
x_unknown: [1, two,   three] # ours
tags:
  - fiera-2026   # hall 3
  - vip

history:
- {at: 2026-10-01T10:00:00Z, to: open}
- at: 2026-10-02T10:00:00Z
  to: closed   # at last
source:
    channel: event
    name: >-
      Frankfurt
      2026
---

# A note

Text with --- inside.
`;

describe('reading a record', () => {
  it('keeps what the schema calls text as the text in the file', () => {
    const { data, note } = parse(hand);
    expect(data.postal_code).toBe('00184');
    expect(data.x_unknown).toEqual([1, 'two', 'three']);
    expect(data.source).toEqual({ channel: 'event', name: 'Frankfurt 2026' });
    expect(note).toBe('# A note\n\nText with --- inside.\n');
  });

  it.each(['js', 'javascript', 'json', 'toml', 'coffee'])(
    'refuses a block marked %s and runs nothing',
    (language) => {
      const error = errorOf(() => parse(`---${language}\n{ name: (globalThis.ran = true) }\n---\n`));
      expect(error).toMatchObject({ code: 'invalid', line: 1 });
      expect((globalThis as { ran?: boolean }).ran).toBeUndefined();
    },
  );

  it.each([
    ['---\nname: [a\n---\n', 3],
    ['---\nname: a\nname: b\n---\n', 3],
    ['---\nname: a\n', 3],
    ['just text\n', 1],
    ['---\n- a\n- b\n---\n', 2],
    ['---\nname: a\n<<<<<<< HEAD\ntitle: b\n=======\ntitle: c\n>>>>>>> other\n---\n', 3],
    ['---\nname: *nobody\n---\n', 2],
    [`---\nname: ${'['.repeat(5000)}\n---\n`, 2],
  ])('says where a broken record breaks: %#', (text, line) => {
    expect(errorOf(() => parse(text))).toMatchObject({ code: 'invalid', path: 'contacts/x.md', line });
  });

  it('stops an alias bomb', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
    );
    expect(errorOf(() => parse(`---\nl0: &l0 lol\n${levels.join('\n')}\n---\n`)).message).toMatch(
      /aliases|deep/,
    );
  });

  it('refuses bytes that are no UTF-8 text, and records that are too large', () => {
    expect(errorOf(() => decodeRecord(new Uint8Array([45, 10, 0]), 'x')).message).toMatch(/NUL/);
    expect(errorOf(() => decodeRecord(new Uint8Array([0xe8, 0x20]), 'x')).message).toMatch(/UTF-8/);
    expect(errorOf(() => decodeRecord(new Uint8Array(40e6).fill(65), 'x')).message).toMatch(/40 MB/);
  });

  it('reads empty front matter and a file that ends at the fence', () => {
    expect(parse('---\n---\n').data).toEqual({});
    expect(parse('---\nname: a\n---').data).toEqual({ name: 'a' });
    expect(parse('---\n# only a comment\n---\nx').note).toBe('x');
  });
});

describe('editing a record', () => {
  it('touches only the value it changes', () => {
    expect(edit(hand, { name: "Mario D'Amico" })).toBe(hand.replace("'Mario Rossi'", "'Mario D''Amico'"));
    expect(edit(hand, { postal_code: '00185' })).toBe(hand.replace('00184', '"00185"'));
    expect(edit(hand, { source: { channel: 'web', name: 'Frankfurt 2026' } })).toBe(
      hand.replace('channel: event', 'channel: web'),
    );
  });

  it('adds to a list, takes from it, and keeps the comments of the others', () => {
    expect(edit(hand, { tags: ['fiera-2026', 'vip', 'press'] })).toBe(
      hand.replace('  - vip\n', '  - vip\n  - press\n'),
    );
    expect(edit(hand, { tags: ['fiera-2026'] })).toBe(hand.replace('  - vip\n', ''));
    const history = [...(parse(hand).data.history as unknown[]), { at: '2026-10-03T10:00:00Z', to: 'open' }];
    expect(edit(hand, { history })).toBe(
      hand.replace('# at last\n', '# at last\n- at: 2026-10-03T10:00:00Z\n  to: open\n'),
    );
  });

  it('adds a key after those that come before it, and removes one', () => {
    expect(edit(hand, { title: 'Boss' })).toBe(hand.replace('Mariolino\n', 'Mariolino\ntitle: Boss\n'));
    expect(edit(hand, { postal_code: '' })).toBe(hand.replace('postal_code: 00184\n', ''));
  });

  it('keeps CRLF, a BOM and a missing final newline', () => {
    const dos = `\uFEFF${hand.trimEnd().replace(/\n/g, '\r\n')}`;
    expect(edit(dos, { title: 'Boss' })).toBe(dos.replace('Mariolino\r\n', 'Mariolino\r\ntitle: Boss\r\n'));
  });

  it('writes the first key into empty front matter, and takes the last one away', () => {
    expect(edit('---\n---\nnote\n', { name: 'a' })).toBe('---\nname: a\n---\nnote\n');
    expect(parse(edit('---\nname: a\n---\nnote\n', { name: undefined })).data).toEqual({});
  });

  it('changes the note alone', () => {
    expect(edit(hand, {}, 'New note')).toBe(`${hand.slice(0, hand.indexOf('\n# A note'))}\nNew note\n`);
  });
});

const scalar = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    'no',
    '12:30',
    '00184',
    '1e3',
    '~',
    'a: b',
    '- x',
    '#c',
    '@me',
    '=1+1',
    '---',
    'a\nb',
    ' lead',
    'trail ',
    '2026-11-24',
  ),
);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 4 }),
  fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), scalar, { maxKeys: 3 }),
  fc.array(fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), scalar, { minKeys: 1, maxKeys: 3 }), {
    maxLength: 3,
  }),
);
const record = fc.dictionary(fc.constantFrom(...known), value);
const clean = (data: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(data).filter(
      ([, v]) => v !== '' && !(typeof v === 'object' && v && Object.keys(v).length === 0),
    ),
  );

describe('round trips', () => {
  it('writes plain values as the library does', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z_]{1,8}$/),
        fc.oneof(value, fc.stringMatching(/^[a-zA-Z+0-9][a-z0-9 ._@/()+'&%-]{0,12}$/)),
        (key, one) => {
          expect(formatEntry(key, one)).toBe(libraryEntry(key, one, 0));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(record, (data) => {
        expect(parse(formatRecord(data, '', order)).data).toEqual(clean(data));
      }),
    );
  });

  it('changes only the keys it was asked to change', () => {
    fc.assert(
      fc.property(record, record, fc.boolean(), (before, changes, dos) => {
        const written = formatRecord(before, 'A note\n', order).replace('---\n', '---\n# first\n');
        const text = dos ? written.replace(/\n/g, '\r\n') : written;
        const after = edit(text, changes);
        expect(parse(after).data).toEqual(clean({ ...clean(before), ...changes }));
        expect(parse(after).note).toBe(dos ? 'A note\r\n' : 'A note\n');
        expect(after).toContain('# first');
        expect(edit(text, {})).toBe(text);
      }),
    );
  });

  const line = fc.oneof(
    fc.constantFrom(
      'name: Mario',
      'tags:',
      '  - vip',
      '  - a: b',
      '    c: d',
      'source:',
      '  channel: web',
      'title: "x"',
      "title: 'y'",
      'minutes: 12',
      'postal_code: 00184',
      'title: null',
      'title: ~',
      'title: a: b',
      'title: a #b',
      'title: a#b',
      'title: x:y',
      'history:',
      '- a',
      '  # c',
      'title: |',
      '  more',
      'name: a\\b',
      'title: "a\\n"',
      'title: [a]',
      'title:',
      '? a',
      'title: -1',
      'title: +1',
      'title: 2026-11-24',
      '',
      ' ',
      'x: 1',
      'title:x',
      'title: a\tb',
      'title: é',
      'title: \u00a0a',
      'title: a:',
    ),
    fc.string(),
    fc.tuple(fc.constantFrom('title', 'name', 'source'), fc.string()).map(([k, v]) => `${k}: ${v}`),
    fc.string().map((v) => `  - ${v}`),
    fc.string().map((v) => `  channel: ${v}`),
  );
  it('reads in haste what the parser reads at leisure, or leaves it to it', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 7 }), fc.string(), (lines, note) => {
        const text = `---\n${lines.map((one) => `${one}\n`).join('')}---\n${note}`;
        const quick = quickRead(text, isKnown);
        if (quick === undefined) return;
        const { data, note: slow } = parse(text);
        expect(quick).toEqual({ data, note: slow });
      }),
      { numRuns: 20_000 },
    );
    const { data, note } = parse(
      formatRecord({ name: 'Mario Rossi', tags: ['a', 'b'], source: { channel: 'web' } }, 'x', order),
    );
    expect(
      quickRead(
        formatRecord({ name: 'Mario Rossi', tags: ['a', 'b'], source: { channel: 'web' } }, 'x', order),
        isKnown,
      ),
    ).toEqual({ data, note });
  });

  it('reads columns of a list quickly, and alike whatever they are called', () => {
    const word = fc.constantFrom(
      'Lead',
      'Status',
      'null',
      'Null',
      'TRUE',
      'no',
      'x1',
      '1',
      '__proto__',
      'constructor',
      'Wert:',
      '#',
      '-',
    );
    const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const value = fc.constantFrom('NEW', '"0044"', 'yes', 'a: b', '2026-10-10 09:10', '1', 'x #y', "'z'");
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 4 }), (entries) => {
        const text = `---\nname: x\nsource:\n${entries.map(([key, of]) => `  ${key}: ${of}\n`).join('')}---\n`;
        const quick = quickRead(text, isKnown);
        if (quick !== undefined) expect(quick.data).toEqual(parse(text).data);
      }),
      { numRuns: 5000 },
    );
    const text = formatRecord(
      { name: 'x', source: { 'Lead Status': 'NEW', 'Contact owner': 'Anna' } },
      '',
      order,
    );
    expect(quickRead(text, isKnown)?.data).toEqual({
      name: 'x',
      source: { 'Lead Status': 'NEW', 'Contact owner': 'Anna' },
    });
  });
});
