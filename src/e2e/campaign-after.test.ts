import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

const ids = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc', 'dddddddddd'];

/** A campaign's record as a person would have written it. */
function campaign(place: Place, title: string, more = 'audience: kind:contact', body = `${title} for you\n`) {
  const stem = `campaigns/${title.toLowerCase()}-${title[0]?.toLowerCase().repeat(10)}`;
  place.write(
    `${stem}/campaign.md`,
    `---\ntitle: ${title}\npurpose: newsletter\nchannel: email\n${more}\nsubject: ${title}\nstate: draft\n---\n`,
  );
  place.write(`${stem}/body.md`, body);
  return stem;
}

/** A workspace of four people who said yes, and a letter to them. */
async function withPeople(): Promise<Place> {
  const place = await workspace();
  for (const [i, id] of ids.entries()) {
    const consent = '{purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}';
    const mail = `emails:\n  - p${i}@example.org\nconsents:\n  - ${consent}`;
    place.write(`contacts/p-${id}.md`, `---\nname: Person ${i}\n${mail}\n---\n`);
  }
  campaign(place, 'News');
  await place.git('add', '.');
  await place.git('commit', '-qm', 'people');
  return place;
}

const send = (title: string) => ['campaign', 'send', title, '--confirm', title, '--yes', '--json'];

/** The journal lines of a campaign's sends. */
function lines(place: Place, stem: string): Record<string, string>[] {
  return place
    .files(`${stem}/sends`)
    .filter((path) => /\d{4}-\d{2}-\d{2}-/.test(path))
    .flatMap((path) => place.read(path).trim().split('\n'))
    .map((line) => JSON.parse(line));
}

describe('campaign results', () => {
  it('tell what came back because of it, each with its proof', async () => {
    const place = await withPeople();
    await place.ok(...send('News'));
    const sent = lines(place, 'campaigns/news-nnnnnnnnnn').filter(({ event }) => event === 'intent');
    const to = (i: number) => sent.find(({ address }) => address === `p${i}@example.org`)?.message_id;
    place.write(
      'interactions/2026/11/reply-xxxxxxxxxx.md',
      `---\nat: 2026-11-21T09:00:00+01:00\nchannel: email\ndirection: inbound\ncontacts:\n  - p-${ids[0]}\nin_reply_to: "${to(0)}"\n---\nThanks\n`,
    );
    place.write(
      'interactions/2026/11/away-wwwwwwwwww.md',
      `---\nat: 2026-11-21T09:00:00+01:00\nchannel: email\ndirection: inbound\noutcome: auto_reply\ncontacts:\n  - p-${ids[3]}\nin_reply_to: "${to(3)}"\n---\nAway\n`,
    );
    place.write(
      'cases/angry-yyyyyyyyyy.md',
      `---\ntitle: Why this\ntype: complaint\nstate: new\ncontact: p-${ids[0]}\nopened_at: 2026-11-21T10:00:00+01:00\ncampaign: news-nnnnnnnnnn\n---\n`,
    );
    const later = { env: { ITACA_NOW: '2026-11-21T12:00:00Z' } };
    for (const [i, reason] of [
      [1, 'unsubscribed'],
      [2, 'hard_bounce'],
    ] as const)
      await place.itaca(['suppress', 'add', `p${i}@example.org`, '--reason', reason], later);
    const { json } = await place.ok('campaign', 'results', 'News', '--json');
    expect(json).toMatchObject({
      audience: 4,
      sent: 4,
      rejected: 0,
      unknown: 0,
      deferred: 0,
      bounced: 1,
      replied: 1,
      unsubscribed: 1,
      complained: 1,
      clicked: null,
    });
    const people = json.people.map((one: Record<string, string>) => `${one.result} ${one.name}`);
    expect(people).toEqual([
      'bounced Person 2',
      'replied Person 0',
      'unsubscribed Person 1',
      'complained Person 0',
    ]);
    const csv = await place.ok('campaign', 'results', 'News', '--people', '--csv');
    expect(csv.stdout).toContain('replied,Person 0,p0@example.org');
    expect(csv.stdout).toContain('reply-xxxxxxxxxx');
  });

  it('are all nought before the first send', async () => {
    const place = await withPeople();
    const { json } = await place.ok('campaign', 'results', 'News', '--json');
    expect(json).toMatchObject({ audience: 4, sent: 0, remaining: 4, replied: 0, people: [] });
  });
});

describe('reports on sends', () => {
  it('tell who got what from which office, and count it', async () => {
    const place = await withPeople();
    campaign(place, 'Fair', 'office: sales\naudience: email:p0@example.org');
    await place.ok(...send('News'));
    await place.ok(...send('Fair'));
    const { json } = await place.ok('report', 'sends', '--json');
    expect(json).toHaveLength(5);
    expect(json.filter(({ office }: { office: string }) => office === 'sales')).toMatchObject([
      {
        name: 'Person 0',
        address: 'p0@example.org',
        title: 'Fair',
        state: 'sent',
        at: '2026-11-20T11:00:00+01:00',
      },
    ]);
    const byCustomer = (await place.ok('report', 'sends', '--group-by', 'customer', '--json')).json;
    expect(byCustomer.groups[0]).toMatchObject({ name: 'Person 0', sent: 2, people: 1 });
    const byOffice = (await place.ok('report', 'sends', '--group-by', 'office', '--json')).json;
    expect(byOffice.groups).toMatchObject([
      { office: 'sales', sent: 1 },
      { office: null, sent: 4, people: 4 },
    ]);
    expect(
      (await place.ok('report', 'sends', '--since', '2026-11-21', '--until', '2026-11-21', '--json')).json,
    ).toEqual([]);
  });

  it('find what left after a no, and nothing else', async () => {
    const place = await withPeople();
    await place.ok(...send('News'));
    const check = ['report', 'sends-after-cancel', '--fail-if-any', '--json'];
    const later = { env: { ITACA_NOW: '2026-11-21T12:00:00Z' } };
    await place.itaca(['suppress', 'add', 'p1@example.org', '--reason', 'unsubscribed'], later);
    expect(await place.itaca(check)).toMatchObject({ code: 0, json: [] });
    place.write(
      'suppressions/s-ssssssssss.md',
      '---\naddress: P2@example.org\nscope: all\nreason: spam_complaint\nat: 2026-11-19\n---\n',
    );
    const found = await place.itaca(check);
    expect(found.code).toBe(1);
    expect(found.json).toMatchObject([
      { name: 'Person 2', title: 'News', reason: 'suppressed', evidence: 's-ssssssssss' },
    ]);
  });

  it('tell who asked for a campaign, built, approved and sent it', async () => {
    const place = await withPeople();
    place.edit('itaca.yaml', 'members:', 'members:\n  bea:\n    office: sales');
    const draft = ['--purpose', 'newsletter', '--audience', 'kind:contact', '--subject', 'S', '--body', 'B'];
    await place.ok('campaign', 'new', 'Fair', ...draft, '--as', 'bea');
    const rows = async () => (await place.ok('report', 'who-did-what', '--json')).json;
    expect((await rows())[0]).toMatchObject({
      title: 'Fair',
      office: 'sales',
      requested_by: 'bea',
      built_by: [{ by: 'bea' }],
      sent_by: [],
      sent: 0,
    });
    await place.ok(...send('Fair'), '--as', 'anna');
    const sent = (await rows()).find(({ title }: { title: string }) => title === 'Fair');
    expect(sent).toMatchObject({ sent: 4, unknown: 0, last_sent: '2026-11-20T11:00:00+01:00' });
    expect(sent.built_by.map(({ by }: { by: string }) => by)).toEqual(['bea']);
    expect(sent.sent_by.map(({ by }: { by: string }) => by)).toEqual(['anna']);
    const csv = (await place.ok('report', 'who-did-what', '--since', '2026-11-20', '--csv')).stdout;
    expect(csv).toMatch(/^Fair,sales,finished,bea,bea,,anna,4,0/m);
  });
});

describe('campaign calendar', () => {
  it('warns of people to whom two offices write within a week', async () => {
    const place = await withPeople();
    campaign(place, 'Fair', 'office: sales\naudience: email:p0@example.org\nsend_at: 2026-11-24');
    campaign(place, 'Club', 'office: club\naudience: kind:contact\nsend_at: 2026-12-24');
    campaign(place, 'Gone', 'office: club\naudience: "("\nsend_at: 2026-11-24');
    await place.ok(...send('News'));
    const run = await place.itaca(['campaign', 'calendar', '--json', '--fail-if-any']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('"Gone" is not in the calendar');
    expect(run.json).toMatchObject([
      { what: 'sent', title: 'News', people: 4, overlaps: [{ title: 'Fair', office: 'sales', people: 1 }] },
      { what: 'planned', title: 'Fair', people: 1, overlaps: [{ title: 'News', people: 1 }] },
      { what: 'planned', title: 'Club', people: 4, overlaps: [] },
    ]);
    const soon = await place.ok('campaign', 'calendar', '--until', '1w', '--csv');
    expect(soon.stdout).toContain('1 by sales on 2026-11-24 (Fair)');
    expect(soon.stdout).not.toContain('Club');
  });
});

describe('campaign correct', () => {
  const correct = [
    'campaign',
    'correct',
    'News',
    '--subject',
    'Sorry',
    '--body',
    'It is on Friday.',
    '--json',
  ];

  it('writes to exactly those who got the wrong one, in spite of the frequency limit', async () => {
    const place = await withPeople();
    place.write(
      'itaca.yaml',
      `${place.read('itaca.yaml')}\nlimits:\n  frequency: {messages: 1, within: P7D}\n`,
    );
    expect(await place.itaca(correct)).toMatchObject({ code: 6, error: { code: 'refused' } });
    await place.ok('suppress', 'add', 'p1@example.org', '--reason', 'manual', '--scope', 'newsletter');
    await place.ok(...send('News'));
    const more = '{purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}';
    place.write(
      'contacts/late-zzzzzzzzzz.md',
      `---\nname: Late\nemails:\n  - late@example.org\nconsents:\n  - ${more}\n---\n`,
    );
    const dry = await place.ok(...correct, '--dry-run');
    expect(dry.json.people).toBe(3);
    expect(place.files('campaigns').filter((path) => path.includes('correction'))).toEqual([]);
    const { json } = await place.ok(...correct);
    expect(json).toMatchObject({
      people: 3,
      audience: 'got:news-nnnnnnnnnn',
      corrects: 'news-nnnnnnnnnn',
      state: 'draft',
    });
    const plan = (await place.ok('campaign', 'preview', json.id, '--json')).json;
    expect(plan).toMatchObject({ audience: 3, to_send: 3 });
    const sent = await place.ok('campaign', 'send', json.id, '--confirm', 'News: correction', '--json');
    expect(sent.json).toMatchObject({ audience: 3, sent: 3 });
    expect((await place.ok('check', '--json')).code).toBe(0);
  });

  it('copies what it is not told, and finds the people by the query', async () => {
    const place = await withPeople();
    await place.ok(...send('News'));
    const draft = (await place.ok('campaign', 'correct', 'News', '--subject', 'Again', '--json')).json;
    expect(place.read(draft.path.replace('campaign.md', 'body.md'))).toBe('News for you\n');
    await place.ok('suppress', 'add', 'p1@example.org', '--reason', 'unsubscribed');
    expect(
      (await place.ok('contact', 'list', 'got:News', 'email:p1@example.org', '--json')).json,
    ).toHaveLength(1);
    expect((await place.itaca(['contact', 'list', 'got:Nothing', '--json'])).code).toBe(3);
    const dull = await place.itaca(['campaign', 'correct', 'News', '--json']);
    expect(dull).toMatchObject({ code: 2, error: { code: 'usage' } });
  });

  it('is refused where the journal cannot be read', async () => {
    const place = await withPeople();
    await place.ok(...send('News'));
    const journal = place.files('campaigns').find((path) => /sends\/2026/.test(path)) as string;
    place.edit(journal, 'p0@example.org', 'p9@example.org');
    expect(await place.itaca(correct)).toMatchObject({ code: 4, error: { path: journal, line: 1 } });
  });
});
