import { describe, expect, it } from 'vitest';
import type { Place, Run } from './harness.js';
import { sendNews, smallCampaign } from './small-campaign.js';

const folder = 'campaigns/news-nnnnnnnnnn';
const check = ['campaign', 'check', 'News', '--json'];

/** The errors among what a check found, in which the addresses of a workspace without a domain do not matter. */
const errorsOf = ({ json }: Run) =>
  (json as { severity: string; message: string; contact: string | null; tag: string | null }[]).filter(
    ({ severity }) => severity === 'error',
  );

/** Three people, of whom one reads German of Austria and one no known language, and a text in Italian alone. */
async function three(): Promise<Place> {
  const place = await smallCampaign({
    person: (i) => [[], ['language: de-AT'], ['language: it']][i] as string[],
  });
  await place.git('mv', `${folder}/body.md`, `${folder}/body.it.md`);
  return place;
}

describe.concurrent('a language that nothing is written in', () => {
  it('is an error before the first message leaves, which names it and what to do', async () => {
    const place = await three();
    const found = await place.itaca(check);
    expect(found.code).toBe(1);
    expect(errorsOf(found)).toMatchObject([
      {
        severity: 'error',
        path: `${folder}/campaign.md`,
        message: '1 left out: no body in de-AT',
        hint: expect.stringContaining('body.de-AT.md, or body.md for every language'),
      },
    ]);
    const before = place.tree();
    const refused = await place.itaca(sendNews);
    expect(refused.code).toBe(6);
    expect(refused.error.message).toBe('1 left out: no body in de-AT');
    expect(place.tree()).toEqual(before);
  });

  it('is none where the language without its region has a text, or all others have one', async () => {
    for (const body of ['body.de.md', 'body.md']) {
      const place = await three();
      place.write(`${folder}/${body}`, 'Guten Tag {{ contact.name }}\n');
      expect(errorsOf(await place.itaca(check))).toEqual([]);
      expect((await place.ok(...sendNews)).json).toMatchObject({ sent: 3, left_out: {} });
    }
  });

  it('may be left out on purpose', async () => {
    const place = await three();
    place.edit(`${folder}/campaign.md`, 'state: draft', 'exclude: ["language:de-AT"]\nstate: draft');
    expect((await place.ok(...sendNews)).json).toMatchObject({ sent: 2, left_out: { excluded: 1 } });
  });

  it('of somebody unknown is that of the house', async () => {
    const place = await three();
    await place.git('mv', `${folder}/body.it.md`, `${folder}/body.de.md`);
    const errors = errorsOf(await place.itaca(check));
    expect(errors.map(({ message }) => message).sort()).toEqual([
      '1 left out: no body for a person of unknown language',
      '1 left out: no body in it',
    ]);
  });

  it('does not stop what has begun', async () => {
    const place = await three();
    place.write(`${folder}/body.md`, 'Hello {{ contact.name }}\n');
    await place.ok(...sendNews);
    place.edit('contacts/p-bbbbbbbbbb.md', 'de-AT', 'fr');
    expect((await place.ok(...sendNews)).json).toMatchObject({ sent: 0, left_out: { already_sent: 3 } });
  });

  it('is told of the step of a sequence, which waits', async () => {
    const place = await three();
    const steps = [
      'steps:',
      '  - id: hello',
      '    after: PT0S',
      '    channel: email',
      '    subject: {it: Ciao, de: Hallo}',
      '    body: {it: "Ciao {{ contact.name }}"}',
    ];
    place.write('sequences/follow.yaml', `title: Follow\npurpose: newsletter\n${steps.join('\n')}\n`);
    await place.ok('sequence', 'enroll', 'follow', 'p1@example.org');
    const found = await place.itaca(['sequence', 'check', 'follow', '--json']);
    expect(errorsOf(found)).toMatchObject([
      { severity: 'error', message: 'step hello: 1 left out: no body in de-AT' },
    ]);
  });
});

describe.concurrent('dates and amounts', () => {
  it('are written in the language of each text, as each reader does', async () => {
    const born = ['birthday: 1980-02-03', 'fee: {amount: "1234.50", currency: EUR}'];
    const place = await smallCampaign({
      person: (i) => [...born, ...([[], ['language: de-AT'], ['language: en']][i] as string[])],
    });
    const tags = '{{ contact.birthday | date }}; {{ contact.fee | money }}\n';
    for (const body of ['body.md', 'body.de.md', 'body.en.md']) place.write(`${folder}/${body}`, tags);
    const textFor = async (who: string) =>
      String((await place.ok('campaign', 'preview', 'News', '--to', who, '--json')).json.text).replace(
        /\u00a0/g,
        ' ',
      );
    expect(await textFor('p0@example.org')).toContain('3 febbraio 1980; 1234,50 €');
    expect(await textFor('p1@example.org')).toContain('3. Februar 1980; € 1.234,50');
    expect(await textFor('p2@example.org')).toContain('February 3, 1980; €1,234.50');
    expect((await place.ok(...sendNews)).json).toMatchObject({ sent: 3 });
  });

  it('that cannot be read are found before anything leaves, with the person', async () => {
    const place = await smallCampaign({
      person: (i) => (i === 1 ? ['since: some time'] : ['since: 2020-01-01']),
      body: 'Yours since {{ contact.since | date }}, {{ contact.zip }}\n',
    });
    const said = errorsOf(await place.itaca(check)).filter(({ contact }) => contact === 'p-bbbbbbbbbb');
    expect(said).toMatchObject([
      { severity: 'error', message: expect.stringContaining('"some time" is no date') },
    ]);
    expect((await place.itaca(sendNews)).code).not.toBe(0);
    expect(place.files('outbox/new')).toEqual([]);
  });

  it('that are missing are told as any value', async () => {
    const place = await smallCampaign({ body: '{{ contact.since | date }} {{ contact.fee | money }}\n' });
    const tags = errorsOf(await place.itaca(check))
      .filter(({ contact }) => contact === 'p-aaaaaaaaaa')
      .map(({ tag }) => tag);
    expect(tags).toEqual(['contact.since', 'contact.fee']);
  });
});
