import { mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { itaca, row, run, runTimed } from './measure.js';
import { family, given } from './scale-workspace.js';

/** The same people on every machine. */
function personAt(n) {
  const first = given[(n * 7) % 10];
  const last = family[(n * 3 + Math.floor(n / 10)) % 10];
  return {
    first,
    last: `${last}${n % 97}`,
    email: `${first}.${last}.${n}@example${n % 500}.org`
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^\x20-\x7f]/g, ''),
    phone: `+39 02 ${String(5_000_000 + n).padStart(7, '0')}`,
    company: `Firm ${n % 2000}`,
    city: ['Milano', 'Roma', 'Torino', 'Genova'][n % 4],
  };
}

/** Formats as their programs write them: the header, and one person as its cells. */
const layouts = {
  plain: {
    header: 'name,email,phone,company,city,country',
    cells: (p) => [`${p.first} ${p.last}`, p.email, p.phone, p.company, p.city, 'IT'],
  },
  'google-contacts-2024': {
    header:
      'First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address',
    cells: (p) => [
      ...[
        p.first,
        '',
        p.last,
        '',
        '',
        '',
        '',
        '',
        '',
        '',
        p.company,
        'Buyer',
        '',
        '',
        '',
        '',
        '* myContacts ::: fair',
      ],
      ...['* Work', p.email, 'Work', p.phone, 'Work', '', '', p.city, '', '', '', 'IT', ''],
    ],
  },
  'hubspot-contacts-view': {
    header:
      'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Company name,City,Country/Region',
    cells: (p, n) => [
      ...[
        String(1_000_000 + n),
        p.first,
        p.last,
        p.email,
        p.phone,
        '',
        'NEW',
        '2026-03-01 10:00',
        p.company,
        p.city,
      ],
      'Italy',
    ],
  },
  'mailchimp-subscribed': {
    header:
      'Email Address,First Name,Last Name,Address,Phone Number,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS',
    cells: (p, n) => [
      ...[
        p.email,
        p.first,
        p.last,
        '',
        p.phone,
        '2',
        '2024-03-01 10:00:00',
        '192.0.2.1',
        '2024-03-01 10:01:00',
        '192.0.2.1',
      ],
      ...[
        '',
        '',
        '',
        '',
        'Europe/Rome',
        'IT',
        '',
        '2024-03-01 10:01:00',
        String(90_000 + n),
        `e${n}`,
        '',
        'fair',
      ],
    ],
  },
};

function writeLines(path, first, count, lineOf) {
  const fd = openSync(path, 'w');
  let text = first;
  for (let n = 0; n < count; n++) {
    text += lineOf(personAt(n), n);
    if (text.length > 1 << 20) {
      writeSync(fd, text);
      text = '';
    }
  }
  writeSync(fd, text);
}

const cardOf = (p) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nN:${p.last};${p.first};;;\r\nFN:${p.first} ${p.last}\r\nORG:${p.company}\r\nEMAIL;TYPE=INTERNET,WORK:${p.email}\r\nTEL;TYPE=WORK,VOICE:${p.phone}\r\nADR;TYPE=WORK:;;;${p.city};;;Italy\r\nEND:VCARD\r\n`;

/** What comes in from other programs, against the plain list of the same people; and again, when nothing changed. */
export function benchImports(folder, contacts) {
  const place = join(folder, 'imports');
  mkdirSync(place);
  const compare = (what, count, format, file, verb) => {
    // The plain list right before, so that a slow moment of the machine strikes both.
    const plain = format === 'plain' ? undefined : measure('plain', count, listOf('plain', count), 'csv');
    const { first, again, later, megabytes } = measure(format, count, file, verb);
    if (plain)
      row(
        what,
        { value: 1.3, text: '1.3 × the plain list', unit: ' ×' },
        first / plain.first,
        of(first, plain.first),
      );
    row(
      `… ${plain ? '' : `${what}, `}again, unchanged, the index being built`,
      { value: 0.3, text: '0.3 × the first', unit: ' ×' },
      again / first,
      of(again, first),
    );
    row(
      '… and once more',
      { value: 0.3, text: '0.3 × the first', unit: ' ×' },
      later / first,
      of(later, first),
    );
    row('… memory of the first', { value: 1024, text: '1 GB', unit: ' MB' }, megabytes, '');
  };
  for (const format of Object.keys(layouts))
    compare(
      `\`import csv\` of ${contacts} rows, ${format}`,
      contacts,
      format,
      listOf(format, contacts),
      'csv',
    );
  const cards = join(place, 'people.vcf');
  const half = Math.ceil(contacts / 2);
  writeLines(cards, '', half, cardOf);
  compare(`\`import vcard\` of ${half} cards`, half, 'vcard', cards, 'vcard');

  function listOf(format, count) {
    const path = join(place, `${format}-${count}.csv`);
    const { header, cells } = layouts[format];
    writeLines(path, `${header}\n`, count, (p, n) => `${cells(p, n).join(',')}\n`);
    return path;
  }

  function measure(format, count, file, verb) {
    const workspace = join(place, 'w');
    rmSync(workspace, { recursive: true, force: true });
    run(process.execPath, [
      itaca,
      'init',
      workspace,
      '--name',
      'Bench',
      '--country',
      'IT',
      '--timezone',
      'Europe/Rome',
    ]);
    const command = [itaca, '-C', workspace, 'import', verb, file, '--yes', '--no-input', '--json'];
    const began = runTimed(process.execPath, command);
    const again = runTimed(process.execPath, command);
    const later = runTimed(process.execPath, command);
    const [one, two] = [began, later].map(({ stdout }) => JSON.parse(stdout));
    if (one.created !== count || two.unchanged !== count)
      throw new Error(`${format}: ${one.created} created, ${two.unchanged} unchanged, of ${count}`);
    if (verb === 'csv' && format !== 'plain' && one.format !== format)
      throw new Error(`${format} is taken for ${one.format}`);
    return {
      first: began.seconds,
      again: again.seconds,
      later: later.seconds,
      megabytes: began.megabytes,
    };
  }
}

const of = (a, b) => `${a.toFixed(1)} / ${b.toFixed(1)} s`;
