import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

type Thing = Record<string, unknown>;

const everything = `---
name: Anna-Lena Ö
given_name: Anna-Lena
family_name: Ö
company: old-name-ffffffffff
title: "=Boss"
positions:
  - {company: old-name-ffffffffff, title: Clerk}
emails:
  - anna@x.example
  - {address: a@y.example, label: private, primary: true}
  - {address: "no address", invalid: true}
phones:
  - +39 02 1234567
  - {number: "333 1", label: mobile}
addresses:
  - {label: home, street: "Via Po 1; scala B", locality: Roma, postal_code: "00184", country: IT}
  - {label: work, po_box: "12", locality: Lyon, country: FR}
language: de-AT
timezone: Europe/Vienna
birthday: --02-29
lifecycle: partner
owner: gone
office: sales
tags: [fiera-2026, "a; b"]
source: {channel: event, name: Fiera, by: karin, at: 2026-10-09}
urls: [https://x.example/a?b=c, https://y.example]
identifiers: {member: "0012", shop: x}
custom: {Shoe size: "38", "a,b": "＝1"}
consents:
  - {purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-10-09T11:20:00+02:00}
keep_in_touch: P1M
shoe: {left: "38", right: 39}
---

Likes "quotes", commas
and lines.
`;
const firm = `---
name: ACME srl
legal_name: ACME società a responsabilità limitata
vat: IT01234567890
domains: [acme.example, acme.test]
phones: [{number: 02 1, label: office}]
industry: lamps
tags: [big]
---
`;

const put = (place: Place) => {
  place.write('contacts/anna-lena-o-aaaaaaaaa0.md', everything);
  place.write('contacts/nobody-aaaaaaaaa1.md', '---\nname: Nobody Known\n---\n');
  place.write('companies/acme-srl-ffffffffff.md', firm);
};
const taken = async (place: Place, text: string, ...options: string[]) =>
  (await place.itaca(['import', 'csv', '-', '--yes', '--json', ...options], { input: text })).json;
const sheetOf = async (place: Place, ...query: string[]) =>
  (await place.ok('export', 'csv', ...query)).stdout;

/** The records without what a workspace gives them for itself. */
async function records(place: Place, kind: 'contact' | 'company'): Promise<Thing[]> {
  const all: Thing[] = (await place.ok(kind, 'list', '--json')).json;
  return all
    .map(({ id: _, ref: _r, path: _p, company, note, ...rest }) => ({
      ...rest,
      ...(company === undefined ? {} : { company: String(company).length > 0 }),
      note: String(note).trim(),
    }))
    .sort((a, b) => (String((a as Thing).name) < String((b as Thing).name) ? -1 : 1));
}

describe.concurrent('what export csv wrote, import csv', () => {
  it('finds unchanged where it comes from, whatever the people say', async () => {
    const place = await workspace({ example: 'fair' });
    put(place);
    for (const [query, rows, leftOut] of [
      ['kind:contact', 29, ['positions', 'consents']],
      ['kind:company', 9, []],
    ] as const) {
      const before = place.tree();
      const report = await taken(place, await sheetOf(place, query));
      expect(report).toMatchObject({
        format: 'itaca',
        rows,
        unchanged: rows,
        updated: 0,
        refused: 0,
        companies: 0,
      });
      expect(report).toMatchObject({ left: [], left_out: leftOut });
      // Somebody who has left the team is told once.
      expect(report.errors.map(({ message }: Thing) => message)).toEqual(
        rows === 29 ? ['owner: itaca.yaml knows no member "gone"'] : [],
      );
      expect(place.tree()).toEqual(before);
    }
  }, 60_000);

  it('gives another workspace the same people and firms, once, and nobody a consent', async () => {
    const place = await workspace();
    put(place);
    const other = await workspace();
    for (const one of [place, other]) one.edit('itaca.yaml', 'offices:\n', 'offices:\n  sales: {}\n');
    const [people, firms] = [await sheetOf(place), await sheetOf(place, 'kind:company')];
    expect(await taken(other, firms)).toMatchObject({ rows: 1, created: 1, errors: [] });
    expect(await taken(other, people)).toMatchObject({ rows: 2, created: 2, companies: 0 });
    const [anna, nobody] = await records(other, 'contact');
    // A key that no schema knows is a column like any other.
    expect(anna?.custom).toMatchObject({ shoe_left: '38', shoe_right: '39', 'Shoe size': '38' });
    const there = (await records(place, 'contact')).map(
      ({ consents: _, positions: _p, owner: _o, shoe: _s, ...rest }) => rest,
    );
    const custom = { 'Shoe size': '38', 'a,b': '＝1' };
    expect([{ ...anna, custom }, nobody]).toEqual(there);
    expect(await records(other, 'company')).toEqual(await records(place, 'company'));
    expect((await other.ok('check', '--json')).code).toBe(0);
    const before = other.tree();
    expect(await taken(other, people)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(await taken(other, firms)).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    expect(other.tree()).toEqual(before);
  }, 60_000);

  it('takes what was edited in the sheet, and no more', async () => {
    const place = await workspace();
    put(place);
    const [head, ...rows] = (await sheetOf(place)).trimEnd().split('\n');
    const columns = head!.split(',');
    const edited = (id: string, values: Record<string, string>) =>
      [id, ...columns.slice(1).map((name) => values[name] ?? '')].join(',');
    const sheet = [
      head,
      edited('aaaaaaaaa1', {
        name: 'Nobody Known',
        phone_1: '+39 02 99',
        birthday: '24.11.1970',
        lifecycle: 'Kunde',
      }),
      edited('aaaaaaaaa1', { name: 'Copied Row', email_1: 'copied@x.example' }),
      edited('', {
        name: 'New One',
        email_1: 'new@x.example',
        address_1_country: 'Atlantis',
        email_2_label: 'gone',
        email_3: 'new2@x.example',
        office: 'nowhere',
      }),
      edited('bbbbbbbbb2', { name: 'Unread', language: 'gibberish of old' }),
    ].join('\n');
    expect(rows.length).toBeGreaterThan(1);
    const report = await taken(place, sheet);
    expect(report).toMatchObject({ format: 'itaca', rows: 4, created: 2, updated: 1, refused: 1 });
    expect(report.errors.map(({ line, message }: Thing) => `${line} ${message}`)).toEqual([
      '3 the id aaaaaaaaa1 is that of a row before; leave the cell empty for somebody new',
      '4 office: itaca.yaml knows no office "nowhere"',
      '4 the country "Atlantis" is not known',
      expect.stringContaining('5 language: "gibberish of old" is left out: expected'),
    ]);
    const nobody = (await place.ok('contact', 'show', 'aaaaaaaaa1', '--json')).json;
    expect(nobody).toMatchObject({ phones: ['+39 02 99'], birthday: '1970-11-24', lifecycle: 'customer' });
    expect(nobody).not.toHaveProperty('source');
    expect((await place.ok('contact', 'show', 'new@x.example', '--json')).json).toMatchObject({
      emails: ['new@x.example', 'new2@x.example'],
      source: { channel: 'import' },
    });
    expect(place.read('contacts/anna-lena-o-aaaaaaaaa0.md')).toBe(everything);
  }, 60_000);
});
