import type { SentNews } from './firm-mails.js';
import type { Place } from './harness.js';
import { peopleIds, sendNews, smallCampaign } from './small-campaign.js';

/**
 * A firm whose campaign went to all its people, each of whom has a subscription; all committed.
 * @param people addresses by name, or how many: `p0@example.org` and on
 */
export async function mailFirm(
  people: number | Record<string, string>,
  {
    mail = ['bounce_address: bounces@acme.example'],
    transport = 'outbox',
  }: { mail?: string[]; transport?: string } = {},
): Promise<Place> {
  const addresses =
    typeof people === 'number'
      ? Array.from({ length: people }, (_, i) => `p${i}@example.org`)
      : Object.values(people);
  const place = await smallCampaign({ mail });
  place.edit('itaca.yaml', 'transport: outbox', `transport: ${transport}`);
  place.edit('itaca.yaml', 'mailto: "anna@localhost"', 'mailto: unsubscribe@acme.example');
  const consent = '{purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}';
  for (const [i, address] of addresses.entries()) {
    const contact = `p-${peopleIds[i] ?? idOf('p', i)}`;
    place.write(
      `contacts/${contact}.md`,
      `---\nname: Person ${i}\nemails: [${address}]\nconsents:\n  - ${consent}\n---\n`,
    );
    place.write(
      `agreements/ab-${i}-${idOf('t', i)}.md`,
      `---\nnumber: AB-${i}\nkind: subscription\ncontact: ${contact}\nstart: 2026-01-01\nstate: active\n---\n`,
    );
  }
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'more people');
  const run = await place.itaca(sendNews);
  if (run.code !== 0) throw new Error(run.stderr);
  return place;
}

function idOf(letter: string, i: number): string {
  return `${letter}${String(i).padStart(9, '0')}`.replace(
    /\d/g,
    (digit) => 'abcdefghjk'[Number(digit)] ?? '',
  );
}

/** What a campaign's journals say that it sent, by address. */
export function sentBy(place: Place, campaign = 'news-nnnnnnnnnn'): Map<string, SentNews> {
  const lines = place
    .files(`campaigns/${campaign}/sends`)
    .filter((path) => /\/\d[^/]*\.jsonl$/.test(path))
    .flatMap((path) => place.read(path).trim().split('\n'))
    .map((line) => JSON.parse(line));
  return new Map(
    lines
      .filter(({ event }) => event === 'intent')
      .map(({ address, message_id, token }) => [address, { address, messageId: message_id, token }]),
  );
}
