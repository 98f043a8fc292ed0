import { type Place, workspace } from './harness.js';

/** Reference of a customer of the firm, and his address. */
export const person = (n: number) => `person-${n}-${'p'.repeat(9)}${n}`;
export const email = (n: number) => `p${n}@example.com`;

/** One mail at once. */
export const single = (title: string, more = '') => `title: ${title}
purpose: service
${more}steps:
  - id: only
    after: PT0S
    channel: email
    subject: "${title}"
    body: "About ${title}, {{ contact.name }}."
`;

/** A firm of one member with so many customers, who are his. */
export async function firm(sequences: Record<string, string>, people = 1): Promise<Place> {
  const place = await workspace();
  place.write(
    'itaca.yaml',
    place
      .read('itaca.yaml')
      .replace(/^ {2}from: .*$/m, '  from: ACME <crm@example.org>')
      .replace(/^ {4}emails:\n.*$/m, '    emails: [anna@example.org]')
      .replace(/^ {2}# postal_address: .*$/m, '  postal_address: Via Roma 1, 20121 Milano'),
  );
  for (let n = 1; n <= people; n++)
    place.write(
      `contacts/${person(n)}.md`,
      `---\nname: Person ${n}\nemails:\n  - ${email(n)}\nowner: anna\ntags: [all]\n---\n`,
    );
  for (const [name, text] of Object.entries(sequences)) place.write(`sequences/${name}.yaml`, text);
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'firm');
  return place;
}
