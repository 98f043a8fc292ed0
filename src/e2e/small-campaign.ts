import { type Place, workspace } from './harness.js';

/** `campaign send` of the campaign that `smallCampaign` makes. */
export const sendNews = ['campaign', 'send', 'News', '--confirm', 'News', '--yes', '--no-input', '--json'];

/** The ids of its people, `p0@example.org` and on. */
export const peopleIds = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'];

interface Choices {
  /** Lines under `mail:` in itaca.yaml, without their indent. */
  mail?: string[];
  /** Lines of front matter of each person, by position. */
  person?(position: number): string[];
  /** Channel of the campaign and of the consents. */
  channel?: string;
  /** More lines of the campaign's front matter. */
  campaign?: string[];
  body?: string;
}

/** A workspace of three people who said yes to a newsletter, and one to them that is called News; all committed. */
export async function smallCampaign({
  mail = [],
  person = () => [],
  channel = 'email',
  campaign = ['subject: "Hello {{ contact.name }}"'],
  body = 'Hello {{ contact.name }}\n',
}: Choices = {}): Promise<Place> {
  const place = await workspace();
  for (const [i, id] of peopleIds.entries()) {
    const consent = `{purpose: newsletter, channel: ${channel}, basis: consent, state: given, at: 2026-01-01}`;
    const lines = [`name: Person ${i}`, `emails: [p${i}@example.org]`, 'consents:', `  - ${consent}`];
    place.write(`contacts/p-${id}.md`, `---\n${[...lines, ...person(i)].join('\n')}\n---\n`);
  }
  const own = ['postal_address: Via Roma 1', ...mail].map((line) => `  ${line}`).join('\n');
  place.edit('itaca.yaml', '  # postal_address: Via Roma 1', `${own}\n  # Via Roma 1`);
  const head = ['title: News', 'purpose: newsletter', `channel: ${channel}`, 'audience: kind:contact'];
  const record = [...head, ...campaign, 'state: draft'].join('\n');
  place.write('campaigns/news-nnnnnnnnnn/campaign.md', `---\n${record}\n---\n`);
  place.write('campaigns/news-nnnnnnnnnn/body.md', body);
  await place.git('add', '.');
  await place.git('commit', '-qm', 'people');
  return place;
}
