import { describe, expect, it } from 'vitest';
import { type Place, terminal } from './harness.js';
import { sendNews, smallCampaign } from './small-campaign.js';

function campaign(place: Place, title: string, lines: string[]): void {
  const id = title.toLowerCase().padEnd(10, 'n');
  const head = [`title: ${title}`, 'purpose: newsletter', 'audience: kind:contact', ...lines].join('\n');
  place.write(`campaigns/c-${id}/campaign.md`, `---\n${head}\n---\n`);
}

async function several(): Promise<Place> {
  const place = await smallCampaign();
  await place.ok(...sendNews);
  campaign(place, 'Later', ['state: draft', 'send_at: 2026-12-01', 'office: main']);
  campaign(place, 'Age', ['state: finished', 'send_at: 2020-01-01T09:00:00+01:00', 'channel: letter']);
  campaign(place, 'Bare', ['state: draft', 'requested_by: anna']);
  campaign(place, 'Gave', ['state: cancelled']);
  return place;
}

describe.concurrent('campaign list', () => {
  it('lists all campaigns, the latest first, with the day on which the last message left', async () => {
    const place = await several();
    const { json } = await place.ok('campaign', 'list', '--json');
    expect(json.map(({ title }: { title: string }) => title)).toEqual([
      'Bare',
      'Later',
      'News',
      'Age',
      'Gave',
    ]);
    expect(json).toMatchObject([
      { id: 'barennnnnn', office: 'main', channel: 'email', last_sent: null },
      { state: 'draft', office: 'main', purpose: 'newsletter', send_at: '2026-12-01' },
      { id: 'nnnnnnnnnn', state: 'finished', last_sent: '2026-11-20' },
      { channel: 'letter', last_sent: null },
      { state: 'cancelled', office: null },
    ]);
    const csv = (await place.ok('campaign', 'list', 'state:draft', '--csv')).stdout.trim().split('\n');
    expect(csv).toHaveLength(3);
    expect(csv[0]).toMatch(/^ref,title,state,office,purpose,channel,send_at,last_sent/);
    const shown = await terminal(['-C', place.root, 'campaign', 'list', 'News'], { env: place.env });
    if (shown) expect(shown.stdout).toMatch(/nnnnnnnnnn +News +finished .* 2026-11-20/);
  });

  it('lists a campaign whose journal is broken, and says so', async () => {
    const place = await several();
    place.write('campaigns/c-agennnnnnn/sends/2026-11-20-abc.jsonl', 'nonsense\n{}\n');
    const run = await place.ok('campaign', 'list', '--json');
    expect(run.json).toHaveLength(5);
    expect(run.stderr).toContain('when "Age" was sent is not known: ');
    expect((await place.ok('campaign', 'list', 'state:paused')).stdout).toBe('');
  });
});
