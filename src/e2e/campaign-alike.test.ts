import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

const letter = (greeting: string, date: string) =>
  `${greeting} {{ contact.name }},\n\ncome and see us at the autumn fair in Milan on ${date}: hall 7, stand B12. We bring
the new lamps, the catalogue for spring and good coffee. Tell us when you come.\n\nThe whole house\n`;
const news = `Dear {{ contact.name }},\n\nthe shop in Via Tortona is open on Sundays now, from ten to six, and the
café bakes its own bread. The workshop repairs every lamp that we ever sold.\n\nThe whole house\n`;

const ids = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'];

/** Three people who said yes. */
async function withPeople(): Promise<Place> {
  const place = await workspace();
  for (const [i, id] of ids.entries()) {
    const consent = '{purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}';
    const tags = i < 2 ? 'tags: [fair]\n' : '';
    place.write(
      `contacts/p-${id}.md`,
      `---\nname: Person ${i}\nemails:\n  - p${i}@example.org\n${tags}consents:\n  - ${consent}\n---\n`,
    );
  }
  place.edit(
    'itaca.yaml',
    '\nmail:\n',
    '\nmail:\n  postal_address: Via Roma 1, Milano\n  complaint_address: c@example.org\n',
  );
  place.edit('itaca.yaml', '\noffices:\n', '\noffices:\n  sales:\n    name: Sales\n');
  await place.git('add', '.');
  await place.git('commit', '-qm', 'people');
  return place;
}

async function draft(place: Place, title: string, body: string, ...more: string[]): Promise<string> {
  const args = ['--purpose', 'newsletter', '--audience', 'kind:contact', '--subject', 'Fair', '--body', body];
  return (await place.ok('campaign', 'new', title, ...args, ...more, '--json')).json.path;
}

const send = (title: string) => ['campaign', 'send', title, '--confirm', title, '--yes', '--json'];
const audience = async (place: Place, title: string) =>
  (await place.ok('campaign', 'audience', title, '--json')).json;

describe('nearly the same text', () => {
  it('goes to nobody twice, also from another office under another title', async () => {
    const place = await withPeople();
    await draft(
      place,
      'Autumn fair',
      letter('Dear', '14 October 2026'),
      '--office',
      'sales',
      '--exclude',
      'no:tags',
    );
    await place.ok(...send('Autumn fair'));
    await draft(place, 'See you', letter('Good morning', '3 November 2026'), '--office', 'main');
    expect(await audience(place, 'See you')).toMatchObject({ to_send: 1, left_out: { same_content: 2 } });
    const { people } = (await place.ok('campaign', 'preview', 'See you', '--json')).json;
    const left = people.find(({ reason }: { reason: string }) => reason === 'same_content');
    expect(left.detail).toMatch(
      /^nearly the same text \([5-9]\d %\) was sent by sales on 2026-11-20 as “Autumn fair”$/,
    );
    expect((await place.ok(...send('See you'))).json).toMatchObject({
      sent: 1,
      left_out: { same_content: 2 },
    });
    await draft(place, 'Again', letter('Dear', '14 October 2026'));
    const again = (await place.ok('campaign', 'preview', 'Again', '--json')).json.people;
    expect(again.map(({ detail }: { detail: string }) => detail.replace(/\(.*?\) /, ''))).toEqual([
      'the same text was sent by sales on 2026-11-20 as “Autumn fair”',
      'the same text was sent by sales on 2026-11-20 as “Autumn fair”',
      'nearly the same text was sent by main on 2026-11-20 as “See you”',
    ]);
  });

  it('is not other news of the same house, a correction, or the next issue of a series', async () => {
    const place = await withPeople();
    const first = await draft(place, 'October', letter('Dear', '14 October 2026'));
    place.edit(first, 'state: draft', 'series: fairs\nstate: draft');
    await place.ok(...send('October'));
    await draft(place, 'Other', news);
    expect(await audience(place, 'Other')).toMatchObject({ to_send: 3 });

    const next = await draft(place, 'November', letter('Dear', '3 November 2026'));
    expect(await audience(place, 'November')).toMatchObject({ to_send: 0, left_out: { same_content: 3 } });
    place.edit(next, 'state: draft', 'series: fairs\nstate: draft');
    expect(await audience(place, 'November')).toMatchObject({ to_send: 3 });

    const body = ['--body', letter('Dear', '15 October 2026')];
    await place.ok('campaign', 'correct', 'October', '--title', 'Right', ...body);
    expect(await audience(place, 'Right')).toMatchObject({ to_send: 3 });
    await place.ok(...send('Right'));
    const more = ['--body', letter('Dear', '16 October 2026')];
    await place.ok('campaign', 'correct', 'Right', '--title', 'Right at last', ...more);
    expect(await audience(place, 'Right at last')).toMatchObject({ to_send: 3 });
  });

  it('is told by check while two offices only plan it', async () => {
    const place = await withPeople();
    await draft(
      place,
      'Autumn fair',
      letter('Dear', '14 October 2026'),
      '--office',
      'sales',
      '--audience',
      '+fair',
    );
    await draft(place, 'See you', letter('Dear', '3 November 2026'), '--office', 'main');
    const check = await place.itaca(['campaign', 'check', 'See you', '--json']);
    const messages = check.json.map(({ message }: { message: string }) => message);
    expect(messages).toContainEqual(
      expect.stringMatching(
        /^sales has nearly the same text \(\d\d %\) in “Autumn fair” \(draft\), for 2 of the same people$/,
      ),
    );
    expect(await audience(place, 'See you')).toMatchObject({ to_send: 3 });
    await draft(place, 'Mine', letter('Dear', '5 November 2026'), '--office', 'main');
    await draft(place, 'News', news, '--office', 'sales');
    const again = await place.itaca(['campaign', 'check', 'See you', '--json']);
    expect(again.json.map(({ message }: { message: string }) => message)).toEqual(messages);
  });
});

describe('what was sent before', () => {
  it('is read where it counts, and a journal that was changed then refuses the send', async () => {
    const place = await withPeople();
    const old = await draft(place, 'Old', news);
    await place.ok(...send('Old'));
    const [journal] = place
      .files(old.replace('campaign.md', 'sends'))
      .filter((path) => /\/\d{4}-/.test(path));
    const text = place.read(journal as string);
    place.write(journal as string, text.replace('p0@example.org', 'q0@example.org'));
    await draft(place, 'Same', news);
    const run = await place.itaca(['campaign', 'audience', 'Same', '--json']);
    expect(run.code).toBe(4);
    expect(run.error.message).toContain('changed after it was written');
  });

  it('counts against the limit of frequency as long as it says', async () => {
    const place = await withPeople();
    place.write(
      'itaca.yaml',
      `${place.read('itaca.yaml')}\nlimits:\n  frequency:\n    messages: 1\n    within: P7D\n`,
    );
    await draft(place, 'Old', news);
    await place.ok(...send('Old'));
    await draft(place, 'Fair', letter('Dear', '14 October 2026'));
    const on = async (now: string) =>
      (await place.itaca(['campaign', 'audience', 'Fair', '--json'], { env: { ITACA_NOW: now } })).json;
    expect(await on('2026-11-27T09:59:59Z')).toMatchObject({ left_out: { frequency_cap: 3 } });
    expect(await on('2026-11-27T10:00:01Z')).toMatchObject({ to_send: 3 });
    expect(await on('2027-11-27T10:00:01Z')).toMatchObject({ to_send: 3 });
  });
});
