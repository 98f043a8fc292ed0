import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

/** A list of people who came in without a basis, and a newsletter to all of them. */
async function imported(purpose: string): Promise<Place> {
  const place = await workspace();
  const list = join(place.home, 'stand.csv');
  writeFileSync(
    list,
    'Name,Email,Opt-in\nAda,ada@example.org,yes\nBo,bo@example.org,1\nCy,cy@example.org,true\n',
  );
  await place.ok('import', 'csv', list, '--yes', '--no-input');
  const what = ['--purpose', purpose, '--audience', 'kind:contact', '--subject', 'Hi', '--body', 'Hi\n'];
  await place.ok('campaign', 'new', 'News', ...what);
  return place;
}

const preview = async (place: Place) =>
  (await place.ok('campaign', 'preview', 'News', '--json')).json as {
    to_send: number;
    left_out: Record<string, number>;
    people: {
      name: string;
      reason: string | null;
      detail: string | null;
      remedy: string | null;
      ref: string;
    }[];
  };

describe.concurrent('people who come in without a basis', () => {
  it('may not be written to for what rests on consent, whatever a column of the list says; the preview names them', async () => {
    const place = await imported('newsletter');
    const all = await preview(place);
    expect(all).toMatchObject({ to_send: 0, left_out: { consent_unknown: 3 } });
    const ada = all.people.find(({ name }) => name === 'Ada');
    expect(ada).toMatchObject({
      reason: 'consent_unknown',
      detail: 'no consent to newsletter on file',
      remedy: `his consent: itaca consent give ${ada?.ref} --purpose newsletter --wording <file>`,
    });
    await place.ok(
      'consent',
      'give',
      'ada@example.org',
      '--purpose',
      'newsletter',
      '--evidence',
      'sheet 3, binder A',
    );
    await place.ok('consent', 'withdraw', 'bo@example.org', '--purpose', 'newsletter', '--at', '2026-11-10');
    const some = await preview(place);
    expect(some).toMatchObject({ to_send: 1, left_out: { consent_unknown: 1, consent_withdrawn: 1 } });
    expect(some.people.map(({ name, detail }) => [name, detail]).sort()).toEqual([
      ['Ada', null],
      ['Bo', 'withdrew the consent to newsletter on 2026-11-10'],
      ['Cy', 'no consent to newsletter on file'],
    ]);
    await place.ok(
      'consent',
      'give',
      'ada@example.org',
      '--purpose',
      'newsletter',
      '--at',
      '2026-11-20',
      '--channel',
      'phone',
    );
    expect((await preview(place)).to_send).toBe(1);
  });

  it('may be written to for what rests on something else, unless they said no', async () => {
    const place = await imported('service');
    expect(await preview(place)).toMatchObject({ to_send: 3 });
    await place.ok('consent', 'refuse', 'cy@example.org', '--purpose', 'service');
    const some = await preview(place);
    expect(some).toMatchObject({ to_send: 2, left_out: { consent_refused: 1 } });
  });
});
