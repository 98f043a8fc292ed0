import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, type Place } from './harness.js';
import { sendNews, smallCampaign } from './small-campaign.js';

const person = (i: number) => [
  'addresses:',
  `  - {street: "Via Unica ${i}", postal_code: "2601${i}", locality: Crema}`,
  `phones: ["+39 02 555012${i}"]`,
];
const one = ['contact', 'erase', 'Person 1', '--confirm', 'Person 1', '--json'];

const said = /Via Unica 1|Person 1|555 ?0121/;
const holding = (place: Place) =>
  Object.entries(place.tree()).flatMap(([path, text]) => (said.test(text) ? [path] : []));

describe('what a person who is erased was sent on paper, or was to be told', () => {
  it('goes from files for the printer, from plans and from notes that spell his address', async () => {
    const place = await smallCampaign({ channel: 'letter', person, campaign: [] });
    const copy = join(folder(), 'copy.csv');
    await place.ok(...sendNews, '--output', copy);
    const file = 'letters/news-nnnnnnnnnn/2026-11-20.csv';
    place.write(file, readFileSync(copy, 'utf8'));
    await place.ok('log', 'visit', 'Person 2', 'He moved to Via Unica 1 - 26011 Crema', '--out');
    const { json } = await place.ok(...one);
    expect(json.redacted).toContain(file);
    expect(json.look).toContainEqual({ path: copy, why: 'a file of a campaign that names the person' });
    expect(holding(place)).toEqual([]);
    const text = place.read(file);
    expect(text).toContain('Via Unica 0,26010 Crema');
    expect(text).toContain('Via Unica 2,26012 Crema');
    expect(text.split('nnnnnnnnnn-').length - 1).toBe(2);
    expect((await place.ok('campaign', 'status', 'News', '--json')).json.sent).toBe(3);
    expect((await place.ok('check', '--json')).json).toEqual([]);
  });

  it('stays where somebody else lives there, too, which is listed', async () => {
    const home = () => ['addresses:', '  - {street: Via Unica 1, postal_code: "26011", locality: Crema}'];
    const place = await smallCampaign({ channel: 'letter', person: home, campaign: [] });
    await place.ok('log', 'visit', 'Person 2', 'at Via Unica 1, 26011 Crema', '--out');
    const { shared } = (await place.ok(...one)).json;
    expect(shared).toContainEqual({ what: 'address', with: expect.stringMatching(/^p-[ac]/) });
    expect(place.read(place.files('interactions')[0] ?? '')).toContain('at Via Unica 1, 26011 Crema');
  });

  it('goes from lists of calls', async () => {
    const place = await smallCampaign({ channel: 'phone', person, campaign: [] });
    await place.ok(...sendNews);
    await place.ok(...one);
    expect(holding(place)).toEqual([]);
    const [list = ''] = place.files('call-lists').filter((path) => path.endsWith('.csv'));
    expect(place.read(list)).toContain('+39 02 5550122');
  });
});

describe('what may still tell of a person', () => {
  it('is listed: firms, titles, files, branches and tags of his family name', async () => {
    const place = await smallCampaign({
      channel: 'letter',
      person: () => ['family_name: Unico'],
      campaign: [],
    });
    place.write('companies/unico-sas-bcdefghjkm.md', '---\nname: Unico Sas\n---\n');
    place.write('attachments/2026-11-20-foto-unico-12345678.png', '\0');
    writeFileSync(
      join(place.root, 'attachments/old.csv'),
      Buffer.from('caff\xe8;p1@example.org\n', 'latin1'),
    );
    await place.git('add', '.');
    await place.git('commit', '-qm', 'more');
    await place.git('branch', 'offerta-unico');
    await place.git('tag', 'unico');
    const { look } = (await place.ok(...one)).json;
    expect(look.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining([
        'companies/unico-sas-bcdefghjkm.md',
        'attachments/2026-11-20-foto-unico-12345678.png',
        'attachments/old.csv',
        'refs/heads/offerta-unico',
        'refs/tags/unico',
      ]),
    );
    expect(look).toHaveLength(5);
  });
});
