import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

const people = [
  ['Élodie Çetin-Núñez', 'elodie cetin'],
  ['Łukasz Żółć', 'zolc'],
  ['Đorđe Petrović', 'petrovic'],
  ['Søren Kierkegård', 'kierkegard'],
  ['Jürgen Weißmüller', 'weißmuller'],
  ["Niccolò D'Amico", 'niccolo amico'],
  ['Иван Петров', 'иван'],
  ['Юлия Ёлкина', 'елкина'],
  ['Γιώργος Παπαδόπουλος', 'γιωργος'],
  ['Νίκος Σαββίδης', 'ΣΑΒΒΙΔΗΣ'],
  ['محمد عبد الله', 'محمد'],
  ['שרה כהן', 'כהן'],
  ['अमिताभ बच्चन', 'अमिताभ'],
  ['山田 太郎', '山田'],
  ['王小明', '王小明'],
  ['김 민준', '민준'],
  ['สมชาย ใจดี', 'สมชาย'],
  ['Nguyễn Thị Hồng', 'nguyen hong'],
] as const;

describe.concurrent('names in any script', () => {
  it('are added, listed, found without accents and case, and shown', async () => {
    const place = await workspace();
    const ids: string[] = [];
    for (const [name] of people) {
      const { json } = await place.ok('contact', 'add', '--name', name, '--json');
      expect(json.name).toBe(name);
      expect(json.path).toMatch(/^contacts\/[a-z0-9-]+\.md$/);
      ids.push(json.id);
    }
    const list = (await place.ok('contact', 'list', '--json')).json as { name: string }[];
    expect(list.map(({ name }) => name).sort()).toEqual(people.map(([name]) => name as string).sort());
    for (const [i, [name, words]] of people.entries()) {
      const found = (await place.ok('find', ...words.split(' '), '--json')).json as { id: string }[];
      expect(
        found.map(({ id }) => id),
        `find ${words}`,
      ).toContain(ids[i]);
      expect(found.length, `find ${words}`).toBe(1);
      expect((await place.ok('contact', 'show', name, '--json')).json.id).toBe(ids[i]);
    }
    expect(await place.git('status', '--porcelain')).toBe('');
    expect(await place.itaca(['check'])).toMatchObject({ code: 0 });
  });

  it('are one name however they are composed', async () => {
    const place = await workspace();
    const { id } = (await place.ok('contact', 'add', '--name', 'Zoë Nuñez'.normalize('NFD'), '--json')).json;
    expect((await place.ok('contact', 'show', 'Zoë Nuñez'.normalize('NFC'), '--json')).json.id).toBe(id);
    expect((await place.ok('find', 'nunez', '--json')).json).toHaveLength(1);
  });
});

describe.concurrent('who is meant', () => {
  const card = `---
name: Mario Rossi
emails:
  - mario@Example.it
  - {address: rossi@gmail.com, label: home}
phones:
  - 02 1234567
  - {number: "+39 340 555 0123", label: mobile}
identifiers:
  member: M-00184
---
`;
  const namesake = '---\nname: Mario Rossi\nemails:\n  - other@example.org\n---\n';

  async function with2(): Promise<Place> {
    const place = await workspace();
    place.write('contacts/mario-rossi-k3f9w2q8ab.md', card);
    place.write('contacts/milan/mario-rossi-k3f9zzzzzz.md', namesake);
    place.write('companies/acme-c3f9w2q8ab.md', '---\nname: ACME S.r.l.\nvat: IT01234567890\n---\n');
    return place;
  }

  it('is told by id, prefix, path, reference, address, phone, identifier', async () => {
    const place = await with2();
    for (const who of [
      'k3f9w2q8ab',
      'K3F9W2Q8AB',
      'k3f9w',
      'contacts/mario-rossi-k3f9w2q8ab.md',
      'mario-rossi-k3f9w2q8ab',
      'mario@example.it',
      'MARIO@EXAMPLE.IT',
      'ros.si+news@googlemail.com',
      '+39 02 1234567',
      '021234567',
      '02/123.45-67',
      '0039 02 1234567',
      '340 5550123',
      '+393405550123',
      'M-00184',
      'm-00184',
    ]) {
      const run = await place.itaca(['contact', 'show', who, '--json']);
      expect(run.code, `${who}: ${run.stderr}`).toBe(0);
      expect(run.json.id, who).toBe('k3f9w2q8ab');
    }
    expect((await place.ok('company', 'show', 'acme', '--json')).json.id).toBe('c3f9w2q8ab');
    expect((await place.ok('company', 'show', 'IT01234567890', '--json')).json.id).toBe('c3f9w2q8ab');
  });

  it('is an error that lists them where several fit', async () => {
    const place = await with2();
    for (const who of ['Mario Rossi', 'rossi', 'k3f9']) {
      const run = await place.itaca(['contact', 'set', who, 'title=Boss', '--json']);
      expect(run, who).toMatchObject({ code: 3, stdout: '' });
      expect(run.error.code).toBe('ambiguous');
      expect(run.error.message).toContain('mario-rossi-k3f9w2q8ab');
      expect(run.error.message).toContain('mario-rossi-k3f9zzzzzz');
    }
    expect(place.read('contacts/mario-rossi-k3f9w2q8ab.md')).toBe(card);
  });

  it('is an error with what comes near where nobody fits', async () => {
    const place = await with2();
    const run = await place.itaca(['contact', 'show', 'Mariolina Rosso', '--json']);
    expect(run.code).toBe(3);
    expect(run.error).toMatchObject({ code: 'not_found', hint: expect.stringContaining('mario-rossi') });
    for (const who of [
      '',
      ' ',
      '*',
      '"',
      "'; drop table records",
      'a OR b',
      '-x',
      '..',
      '../itaca.yaml',
      'k3f',
    ]) {
      const odd = await place.itaca(['contact', 'show', '--json', '--', who]);
      expect(odd.code, who).toBe(3);
    }
  });
});
