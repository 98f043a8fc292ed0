import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

const person = (place: Place, ref: string, lines: string[], note = '') =>
  place.write(`contacts/${ref}.md`, `---\n${lines.join('\n')}\n---\n${note}`);

async function committed(place: Place): Promise<Place> {
  await place.git('add', '.');
  await place.git('commit', '-qm', 'people');
  return place;
}

describe.concurrent('of a person who is erased', () => {
  it('what others have too stays theirs: an address, a number, a name; it is listed', async () => {
    const place = await workspace();
    person(place, 'mario-rossi-k3f9w2q8ab', [
      'name: Mario Rossi',
      'emails: [casa@example.it, mario@example.it]',
      'phones: [02 1234567]',
    ]);
    person(place, 'carla-rossi-2s8hbhmhza', [
      'name: Carla Rossi',
      'emails: [casa@example.it]',
      'phones: [+39 02 1234567]',
    ]);
    person(place, 'mario-rossi-4hqw7d1zta', ['name: Mario Rossi'], 'Mario Rossi of Bari\n');
    await committed(place);
    const before = ['contacts/carla-rossi-2s8hbhmhza.md', 'contacts/mario-rossi-4hqw7d1zta.md'].map((path) =>
      place.read(path),
    );
    const done = (await place.ok('contact', 'erase', 'k3f9w2q8ab', '--confirm', 'Mario Rossi', '--json'))
      .json;
    expect(done.shared.map(({ what }: { what: string }) => what).sort()).toEqual(['email', 'name', 'phone']);
    expect(done.named[0]).toMatchObject({ path: 'contacts/mario-rossi-4hqw7d1zta.md' });
    expect(
      ['contacts/carla-rossi-2s8hbhmhza.md', 'contacts/mario-rossi-4hqw7d1zta.md'].map((path) =>
        place.read(path),
      ),
    ).toEqual(before);
    const of = async (address: string) => (await place.itaca(['suppress', 'check', address, '--json'])).json;
    expect(JSON.stringify(await of('mario@example.it'))).toContain('erased');
    expect(JSON.stringify(await of('casa@example.it'))).not.toContain('erased');
  });

  it('what the law wants kept stays without him, and so does what is a firm’s', async () => {
    const place = await workspace();
    person(place, 'mario-rossi-k3f9w2q8ab', ['name: Mario Rossi', 'emails: [mario@example.it]']);
    place.write('companies/acme-9d9pzygzsz.md', '---\nname: ACME\n---\n');
    place.write(
      'orders/n-1-c1hdym51y5.md',
      '---\nnumber: N-1\ncontact: mario-rossi-k3f9w2q8ab\nplaced_at: 2026-10-01\n---\nfor Mario Rossi\n',
    );
    place.write(
      'deals/lamps-6jw701jfas.md',
      '---\ntitle: Lamps for Mario Rossi\ncontact: mario-rossi-k3f9w2q8ab\ncompany: acme-9d9pzygzsz\nstage: lead\n---\n',
    );
    place.write(
      'deals/his-own-ssf7wkfazy.md',
      '---\ntitle: His own\nstage: lead\ncontact: mario-rossi-k3f9w2q8ab\n---\n',
    );
    await committed(place);
    await place.ok('contact', 'erase', 'Mario Rossi', '--keep', 'orders', '--confirm', 'mario rossi');
    expect(place.read('orders/n-1-c1hdym51y5.md')).toBe(
      '---\nnumber: N-1\ncontact: k3f9w2q8ab\nplaced_at: 2026-10-01\n---\nfor (erased)\n',
    );
    expect(place.read('deals/lamps-6jw701jfas.md')).toContain(
      'title: Lamps for (erased)\ncontact: k3f9w2q8ab\n',
    );
    expect(place.files('deals')).toEqual(['deals/lamps-6jw701jfas.md']);
    expect((await place.ok('check', '--json')).json).toEqual([]);
    expect((await place.itaca(['contact', 'erase', 'x', '--keep', 'promise'])).code).toBe(2);
  });

  it('those who were merged into him go too; with a history or without', async () => {
    const place = await workspace();
    person(place, 'mario-rossi-k3f9w2q8ab', ['name: Mario Rossi', 'emails: [mario@example.it]']);
    person(place, 'm-rossi-2s8hbhmhza', ['name: M. Rossi', 'emails: [emme@example.it]'], 'SECRETWORD\n');
    await committed(place);
    await place.ok('contact', 'merge', 'k3f9w2q8ab', '2s8hbhmhza');
    rmSync(place.path('.git'), { recursive: true });
    await place.ok('log', 'phone', 'emme@example.it', 'SECRETWORD', '--in');
    await place.ok('contact', 'erase', 'Mario Rossi', '--confirm', 'Mario Rossi');
    expect(place.files('contacts')).toEqual([]);
    expect(Object.values(place.tree()).join()).not.toMatch(/SECRETWORD|emme@|mario/i);
    expect((await place.ok('check', '--json')).json).toEqual([]);
    expect(
      (await place.itaca(['contact', 'erase', 'k3f9w2q8ab', '--purge-history', '--confirm', 'k3f9w2q8ab']))
        .code,
    ).toBe(2);
  });
});
