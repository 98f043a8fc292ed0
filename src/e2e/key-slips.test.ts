import { describe, expect, it } from 'vitest';
import { sendNews, smallCampaign } from './small-campaign.js';

const record = 'campaigns/news-nnnnnnnnnn/campaign.md';

describe.concurrent('a setting with a slip of the finger', () => {
  it.each([
    ['aproval: four_eyes', 'aproval', 'approval'],
    ['limits:\n  frequncy: {messages: 1, within: P7D}', 'limits.frequncy', 'frequency'],
  ])('%s is told with its line, and nothing leaves', async (lines, key, meant) => {
    const place = await smallCampaign();
    place.edit('itaca.yaml', 'version: 1\n', `version: 1\n${lines}\n`);
    const told = new RegExp(`^itaca\\.yaml:\\d+:\\d+: (?:error: )?itaca\\.yaml has no key "${key}"`, 'm');
    const check = await place.itaca(['check']);
    expect(check.code).toBe(1);
    expect(check.stdout).toMatch(told);
    const { json } = await place.itaca(['check', '--json']);
    expect(json).toMatchObject([{ path: 'itaca.yaml', hint: `did you mean ${meant}?` }]);
    expect(await place.itaca(['campaign', 'check', 'News'])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(told),
    });
    const send = await place.itaca(sendNews);
    expect(send).toMatchObject({ code: 6, stderr: expect.stringContaining(`has no key \\"${key}\\"`) });
  });

  it.each(['throtle: 5', 'dkmi: {domain: example.org, selector: x}'])('mail: %s', async (line) => {
    const place = await smallCampaign({ mail: [line] });
    const key = line.split(':')[0];
    expect((await place.itaca(['check'])).stdout).toContain(`itaca.yaml has no key "mail.${key}"`);
    expect(await place.itaca(sendNews)).toMatchObject({ code: 6 });
  });

  it('in the front matter of a campaign keeps it from being sent, and of a contact is told', async () => {
    const place = await smallCampaign({ campaign: ['subject: Hello', 'exlude: "+fair"'] });
    place.edit('contacts/p-aaaaaaaaaa.md', 'emails:', 'languag: it\nemails:');
    const { code, stdout } = await place.itaca(['check']);
    expect(code).toBe(1);
    expect(stdout.trim().split('\n')).toEqual([
      `${record}:7:9: a campaign has no key "exlude"`,
      'contacts/p-aaaaaaaaaa.md:3:10: a contact has no key "languag"',
    ]);
    expect((await place.itaca(['campaign', 'check', 'News'])).stdout).toContain(
      `${record}:7:9: error: a campaign`,
    );
    expect(await place.itaca(sendNews)).toMatchObject({ code: 6 });
    // A key of one's own is kept, and nobody minds it.
    place.edit(record, 'exlude:', 'budget:');
    place.edit('contacts/p-aaaaaaaaaa.md', 'languag:', 'shoe_size:');
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    expect((await place.itaca(sendNews)).json).toMatchObject({ sent: 3 });
  });

  it('keeps the purpose "tracking" for Itaca’s own', async () => {
    const consent = (purpose: string) =>
      `  - {purpose: ${purpose}, channel: email, basis: consent, state: given, at: 2026-01-01}`;
    const place = await smallCampaign({ person: () => [consent('tracking')] });
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    place.edit('contacts/p-aaaaaaaaaa.md', 'purpose: tracking', 'purpose: tracks');
    expect((await place.itaca(['check'])).stdout).toContain('knows no purpose "tracks"');
  });
});
