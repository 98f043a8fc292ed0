import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, type Place, workspace } from './harness.js';
import { mail } from './mails.js';
import { type Team, twoClones } from './two-clones.js';

/** What is looked for of the person: his addresses, his number, his name as written and in names of files, what he said. */
export const needles = [
  'mario@example.it',
  'm.rossi@lavoro.example',
  '1234567',
  '123.45.67',
  'Mario Rossi',
  'mario-rossi',
  'SECRETWORD',
];

/** The id of the person. */
export const mario = 'k3f9w2q8ab';

const consent = '{purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}';

/**
 * A team of two clones with a person of whom there is something everywhere: records of his alone and of others' too, a
 * sent campaign, a message that came in with a file, a stash, a branch, a tag and a note.
 */
export async function teamWithMario(): Promise<Team> {
  const place = await workspace();
  place.edit('itaca.yaml', '  # postal_address: Via Roma 1', '  postal_address: Via Roma 1');
  place.write(
    `contacts/mario-rossi-${mario}.md`,
    `---\nname: Mario Rossi\nemails: [mario@example.it, m.rossi@lavoro.example]\nphones: ["02 1234567"]\nconsents: [${consent}]\n---\nSECRETWORD of the contact\n`,
  );
  place.write(
    'contacts/anna-bianchi-2s8hbhmhza.md',
    `---\nname: Anna Bianchi\nemails: [anna@example.it]\nconsents: [${consent}]\n---\nA colleague.\n`,
  );
  const shared = `---\nat: 2026-11-10T10:00:00+01:00\nchannel: meeting\ncontacts: [mario-rossi-${mario}, anna-bianchi-2s8hbhmhza]\nsubject: Lamps\n---\nAnna wants lamps; write to mario@example.it or +39 02 123.45.67.\n`;
  place.write('interactions/2026/11/lamps-4hqw7d1zta.md', shared);
  place.write(
    'campaigns/news-nnnnnnnnnn/campaign.md',
    '---\ntitle: News\npurpose: newsletter\nchannel: email\naudience: kind:contact\nsubject: "Hello {{ contact.name }}"\nstate: draft\n---\n',
  );
  place.write('campaigns/news-nnnnnnnnnn/body.md', 'Hello {{ contact.name }}\n');
  await place.git('add', '.');
  await place.git('commit', '-qm', 'people');
  const team = await twoClones(place);
  const { a, b } = team;
  await a.ok('campaign', 'send', 'News', '--confirm', 'News', '--yes', '--no-input', '--json');
  await a.ok(
    'log',
    'phone',
    'Mario Rossi',
    'SECRETWORD on the telephone',
    '--in',
    '--promise',
    'send Mario Rossi a lamp',
    '--due',
    '2026-11-24',
  );
  await a.ok(
    'case',
    'open',
    'Mario Rossi has a broken lamp',
    '--contact',
    'mario@example.it',
    '--type',
    'complaint',
  );
  const message = join(folder(), 'm.eml');
  writeFileSync(message, mail({ id: 'one@example.it', subject: 'Domanda', text: 'SECRETWORD in a message' }));
  await a.ok('inbox', 'pull', message);
  await a.ok('sync');
  await b.ok('sync');
  return team;
}

/** Where a needle stands in anything that a clone holds: its files, hidden ones too, and every object of git. */
export function leftIn(place: Place): string[] {
  const found: string[] = [];
  const look = (where: string, bytes: Buffer) => {
    const text = bytes.toString('latin1').toLowerCase();
    for (const needle of needles) if (text.includes(needle.toLowerCase())) found.push(`${where}: ${needle}`);
  };
  for (const entry of readdirSync(place.root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    look(`name of ${path}`, Buffer.from(path.slice(place.root.length)));
    if (entry.isFile()) look(path, readFileSync(path));
  }
  const options = { cwd: place.root, maxBuffer: 1 << 30 };
  const list = execFileSync('git', ['cat-file', '--batch-all-objects', '--batch-check'], options).toString();
  for (const line of list.split('\n').filter(Boolean)) {
    const [id = '', type = ''] = line.split(' ');
    look(`${type} ${id}`, execFileSync('git', ['cat-file', type, id], options));
  }
  return found;
}
