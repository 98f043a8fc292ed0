import { describe, expect, it } from 'vitest';
import { type Place, terminal, workspace } from './harness.js';

const ids = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc', 'dddddddddd'];

function person(place: Place, i: number, tags: string, consent = 'given'): void {
  const yes = `{purpose: newsletter, channel: email, basis: consent, state: ${consent}, at: 2026-01-01}`;
  place.write(
    `contacts/p-${ids[i]}.md`,
    `---\nname: Person ${i}\nemails:\n  - p${i}@example.org\ntags: [${tags}]\nconsents:\n  - ${yes}\n---\n`,
  );
}

const draft = (place: Place, title: string, ...more: string[]) =>
  place.ok(
    ...['campaign', 'new', title, '--purpose', 'newsletter', '--audience', '+club', '--subject', title],
    ...['--body', `All about ${title} and nothing else`, '--json', ...more],
  );
const send = (title: string) => ['campaign', 'send', title, '--confirm', title, '--yes', '--json'];
const audience = async (place: Place, title: string) =>
  (await place.ok('campaign', 'audience', title, '--json')).json;

/** Three people who got the October issue. */
async function sentOnce(): Promise<Place> {
  const place = await workspace();
  for (const i of [0, 1, 2]) person(place, i, 'club');
  await draft(place, 'October');
  await place.ok(...send('October'));
  return place;
}

describe('the difference from the issue before', () => {
  it('tells who is new, who is gone and why', async () => {
    const place = await sentOnce();
    person(place, 0, 'gone');
    person(place, 1, 'club', 'withdrawn');
    person(place, 3, 'club');
    await draft(place, 'November');
    const json = await audience(place, 'November');
    expect(json).toMatchObject({
      audience: 3,
      to_send: 2,
      samples: { consent_withdrawn: [{ name: 'Person 1' }] },
      since: {
        campaign: expect.stringMatching(/^october-/),
        title: 'October',
        at: '2026-11-20T11:00:00+01:00',
        new: 1,
        gone: 2,
        gone_reasons: { not_in_audience: 1, consent_withdrawn: 1 },
        new_people: [{ name: 'Person 3' }],
      },
    });
    const { since } = (await place.ok('campaign', 'preview', 'November', '--json')).json;
    expect(since.gone_people.map(({ name, detail }: Record<string, string>) => [name, detail])).toEqual([
      ['Person 0', 'not in the audience'],
      ['Person 1', 'withdrew the consent to newsletter on 2026-01-01'],
    ]);
    for (const verb of ['audience', 'preview']) {
      const shown = await terminal(['-C', place.root, 'campaign', verb, 'November'], { env: place.env });
      if (!shown) continue;
      expect(shown.stdout).toContain('since “October” of 2026-11-20: 1 new, 2 gone');
      expect(shown.stdout).toMatch(/1 {2}new: Person 3\r?\n/);
      expect(shown.stdout).toMatch(/1 {2}not in audience: Person 0\r?\n/);
    }
    // Once it is sent, it is still compared with the one before it, and by whom it went to.
    const later = { env: { ITACA_NOW: '2026-11-21T10:00:00Z' } };
    expect((await place.itaca(send('November'), later)).json).toMatchObject({ sent: 2 });
    expect((await audience(place, 'November')).since).toMatchObject({ title: 'October', new: 1, gone: 2 });
    expect((await audience(place, 'October')).since).toBeNull();
  });

  it('is from the same series, or else of the same office and purpose, and never from a correction', async () => {
    const place = await sentOnce();
    await draft(place, 'Service', '--series', 'workshop');
    await place.ok(...send('Service'));
    await place.ok(
      'campaign',
      'correct',
      'October',
      '--title',
      'Sorry',
      '--body',
      'It was a slip of the pen',
    );
    await place.ok(...send('Sorry'));
    await draft(place, 'Service II', '--series', 'workshop');
    await draft(place, 'Lamps', '--series', 'lamps');
    await draft(place, 'Unsent');
    expect((await audience(place, 'Service II')).since).toMatchObject({ title: 'Service', new: 0, gone: 0 });
    expect((await audience(place, 'Lamps')).since).toBeNull();
    expect((await audience(place, 'Sorry')).since).toBeNull();
    const offers = (await draft(place, 'Offers')).json.path;
    place.edit(offers, 'purpose: newsletter', 'purpose: service');
    expect((await audience(place, 'Offers')).since).toBeNull();
  });
});

describe('campaign new', () => {
  it('refuses an office that there is not, and tells what may not be meant', async () => {
    const place = await sentOnce();
    const args = ['--purpose', 'newsletter', '--subject', 'S', '--body', 'B', '--json'];
    const run = await place.itaca([
      'campaign',
      'new',
      'X',
      '--audience',
      '+club',
      '--office',
      'moon',
      ...args,
    ]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('offices are: main');
    const empty = await place.ok('campaign', 'new', 'October', '--audience', '+nobody', ...args);
    expect(empty.stderr).toMatch(/"October" is the title of october-\w+ \(finished\), too/);
    expect(empty.stderr).toContain('nobody is in the audience yet');
    place.write('itaca.yaml', `${place.read('itaca.yaml')}\napproval: other_office\n`);
    const all = await place.ok('campaign', 'new', 'Y', '--audience', '+club', '--exclude', 'p0', ...args);
    expect(all.stderr).toContain('asks for an approval by a member of another office');
    const none = ['--audience', '+club', '--exclude', 'kind:contact'];
    expect((await place.ok('campaign', 'new', 'Z', ...none, ...args)).stderr).toContain(
      'everybody in the audience is excluded',
    );
  });
});
