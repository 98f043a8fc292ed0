import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownUid } from './own-uid.js';
import { rawCards } from './raw-cards.js';
import { type Card, readCard } from './read-card.js';
import type { VcardVersion } from './said-lines.js';
import { type CardRecord, writeCard } from './write-card.js';

/** Reads the one card of a text. */
function read(text: string): Card {
  const { cards, strays } = rawCards(Buffer.from(text));
  const all = [...cards].map(readCard);
  expect(strays).toEqual([]);
  expect(all).toHaveLength(1);
  const [card] = all;
  if (!card || 'refused' in card) throw new Error(card?.refused);
  return card;
}

/** What a card says back, as the record that it was written from. */
function recordOf({ data, note = '', company }: Card): Omit<CardRecord, 'kind' | 'id'> {
  const { identifiers: _, ...keys } = data;
  return { data: keys, note, ...(company === undefined ? {} : { company }) };
}

/** Texts of one line that have something to say, whatever signs they have in them. */
const word = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90 }),
    fc.string({ unit: fc.constantFrom(...'a;,:\\"\'^=|nN\u00e8\u{1f600} -'), minLength: 1, maxLength: 40 }),
    fc.constantFrom('BEGIN:VCARD', 'END:VCARD', 'a\\nb', '$!<Home>!$ x', 'TYPE=home', 'x'.repeat(200), 'n/x'),
  )
  .map((text) =>
    text
      .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )
  .filter((text) => /[\p{L}\p{N}]/u.test(text));
const lines = fc.array(word, { minLength: 1, maxLength: 4 }).map((all) => all.join('\n'));
const label = fc.option(fc.oneof(fc.constantFrom('home', 'work', 'mobile', 'work fax', 'fax'), word), {
  nil: undefined,
});
const name = fc.constantFrom('mario', 'anna.rossi', 'x-1', 'info');
const address = fc.tuple(name, fc.nat(99)).map(([local, n]) => `${local}${n}@example.org`);
const some = <T>(item: fc.Arbitrary<T>) =>
  fc.option(fc.array(item, { minLength: 1, maxLength: 3 }), { nil: undefined });
const labelled = <K extends string>(key: K, value: fc.Arbitrary<string>) =>
  fc.record({ [key]: value, label }).map((one) => (one.label === undefined ? one[key] : one));

const data = fc.record({
  name: word,
  given_name: fc.option(word, { nil: undefined }),
  family_name: fc.option(word, { nil: undefined }),
  title: fc.option(word, { nil: undefined }),
  emails: fc.option(
    fc
      .uniqueArray(address, { minLength: 1, maxLength: 3 })
      .chain((all) => fc.tuple(...all.map((one) => labelled('address', fc.constant(one))))),
    { nil: undefined },
  ),
  phones: some(
    labelled(
      'number',
      fc.nat(1e9).map((n) => `+39 02 ${n}`),
    ),
  ),
  addresses: some(
    fc.record({
      label,
      street: word,
      locality: word,
      postal_code: word,
      country: fc.constantFrom('IT', 'DE', undefined),
    }),
  ),
  language: fc.constantFrom('it', 'de-AT', undefined),
  timezone: fc.constantFrom('Europe/Rome', undefined),
  birthday: fc.constantFrom('1970-03-04', '--02-29', undefined),
  tags: fc.option(fc.uniqueArray(word, { minLength: 1, maxLength: 4 }), { nil: undefined }),
  urls: fc.option(fc.uniqueArray(word, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  vcard: fc.constantFrom(
    undefined,
    ['NICKNAME:Mino', 'X-ABDATE;X-ABLABEL=_$!<Anniversary>!$_:1990-01-01'],
    ['ROLE;PREF=2:Other', 'TZ:+0100', 'X-NOTE:a\\nb\\;c'],
  ),
});

const record = fc.record({
  data: data.map((one) => JSON.parse(JSON.stringify(one)) as Record<string, unknown>),
  note: fc.oneof(fc.constant(''), lines),
  company: fc.option(word, { nil: undefined }),
});

describe('a card that Itaca writes', () => {
  it.each<VcardVersion>(['4.0', '3.0'])('is read back as the record it was written from (%s)', (version) => {
    fc.assert(
      fc.property(record, ({ data, note, company }) => {
        const given: CardRecord = { kind: 'contact', id: 'k3f9w2q8ab', data, note };
        if (company !== undefined) given.company = company;
        const card = read(writeCard(given, version));
        expect(card.uid).toBe(ownUid('k3f9w2q8ab'));
        expect(card.version).toBe(version);
        if (card.kind === 'firm') return;
        expect(recordOf(card)).toEqual({ data, note, ...(company === undefined ? {} : { company }) });
      }),
    );
  });

  it('has lines of 75 octets, and only its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, kept) => {
        const data = {
          name,
          title: name,
          emails: [{ address: name, label: name }],
          tags: [name],
          vcard: [`X-A:${kept}`, kept],
        };
        const text = writeCard({ kind: 'contact', id: 'k3f9w2q8ab', data, note: kept }, '4.0');
        const all = text.split('\r\n');
        expect(all.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
        expect(all.filter((line) => /^(?:BEGIN|END|VERSION|UID)/i.test(line))).toHaveLength(4);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f]/);
      }),
    );
  });
});

describe('a reader of cards', () => {
  it('takes whatever bytes come', () => {
    const piece = fc.constantFrom(
      ...[
        'BEGIN:VCARD\n',
        'END:VCARD\n',
        'VERSION:2.1\r\n',
        'AGENT:\n',
        'N:a;b\r',
        'FN;ENCODING=QUOTED-PRINTABLE:=C3=\n',
      ],
      ...[
        ' x\n',
        'TEL;TYPE="a:b\n',
        'PHOTO;BASE64:\n',
        '\0',
        'KIND:group\n',
        'item1.X-ABLabel:_$!<a>!$_\n',
        '\xff',
        '=\n',
      ],
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(piece, { maxLength: 40 }).map((all) => Buffer.from(all.join(''), 'latin1')),
    );
    fc.assert(
      fc.property(bytes, (file) => {
        for (const raw of rawCards(file).cards) {
          const card = readCard(raw);
          expect(card.line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe.each(['3.0', '4.0'] as const)('an address that is known to be dead, in vCard %s', (version) => {
  const [dead, live] = [{ address: 'dead@example.org', label: 'work', invalid: true }, 'live@example.org'];

  it('stays dead, and no other program takes it for an address', () => {
    const record: CardRecord = {
      kind: 'contact',
      id: 'k3f9w2q8ab',
      data: { name: 'A', emails: [dead, live] },
      note: '',
    };
    const text = writeCard(record, version);
    expect(text.match(/^EMAIL.*$/gm)).toEqual([expect.stringContaining(live)]);
    const { data, problems } = read(text);
    expect(data.emails).toEqual([live, dead]);
    expect(problems).toEqual([]);
  });

  it('leaves the preferred one preferred, though it is alone', () => {
    const emails = [{ address: live, primary: true }, dead];
    const record: CardRecord = { kind: 'contact', id: 'k3f9w2q8ab', data: { name: 'A', emails }, note: '' };
    expect(read(writeCard(record, version)).data.emails).toEqual(emails);
  });
});
