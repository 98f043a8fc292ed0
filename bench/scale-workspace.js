import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { itaca, run } from './measure.js';

export const given = ['Mario', 'Anna', 'Luca', 'Giulia', 'Paolo', 'Elena', 'Franz', 'Greta', 'John', 'Zoë'];
export const family = [
  'Rossi',
  'Bianchi',
  'Ferrari',
  'Russo',
  'Müller',
  'Schmidt',
  'Smith',
  'Brown',
  'Colombo',
  'Ricci',
];
const subjects = [
  'asks for the price list',
  'chiede il catalogo',
  'delivery is late',
  'will call back',
  'la lampada non si accende',
];
const notes = [
  'He said the last delivery came in two parcels and one of them was open.',
  'Ha chiesto se il modello nero torna in autunno; vuole una risposta per iscritto.',
  'They are moving the office in spring and will need thirty lamps, maybe more.',
];

/** The same id for the same thing on every machine. */
export function idOf(text) {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  return [...createHash('sha256').update(text).digest().subarray(0, 10)]
    .map((byte) => alphabet[byte & 31])
    .join('');
}

/** E-mail address of a contact of `makeScaleWorkspace`. */
export const emailOf = (n) =>
  `${given[(n * 7) % 10].normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()}.${n}@example${n % 500}.org`;

/** Path of a contact of `makeScaleWorkspace`. */
export function contactPath(n) {
  const id = idOf(`contact ${n}`);
  const slug = `${given[(n * 7) % 10]}-${family[(n * 13) % 10]}${n}`
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
  return `contacts/${id.slice(0, 2)}/${slug}-${id}.md`;
}

/**
 * A committed workspace of so many contacts and twice as many interactions, over four years. Written straight to disk in
 * the form that Itaca writes.
 * @returns how many records
 */
export function makeScaleWorkspace(folder, contacts) {
  run(process.execPath, [
    itaca,
    'init',
    folder,
    '--name',
    'Bench',
    '--country',
    'IT',
    '--timezone',
    'Europe/Rome',
    '--language',
    'it',
    '--member',
    'anna',
  ]);
  const made = new Set();
  const write = (path, text) => {
    const parent = dirname(path);
    if (!made.has(parent)) mkdirSync(join(folder, parent), { recursive: true });
    made.add(parent);
    writeFileSync(join(folder, path), text);
  };
  for (let n = 0; n < contacts; n++) {
    const [first, last] = [given[(n * 7) % 10], `${family[(n * 13) % 10]}${n}`];
    write(
      contactPath(n),
      `---\nname: ${first} ${last}\ngiven_name: ${first}\nfamily_name: ${last}\nemails:\n  - ${emailOf(n)}\nphones:\n  - +39 02 ${5550000 + n}\naddresses:\n  - locality: Milano\n    country: IT\nlanguage: it\ntags:\n  - fiera\n---\n`,
    );
  }
  for (let n = 0; n < contacts * 2; n++) {
    const at = new Date(Date.UTC(2022, 10, 1) + n * Math.floor((4 * 365 * 86_400_000) / (contacts * 2)));
    const day = at.toISOString().slice(0, 10);
    const who = contactPath((n * 37) % contacts)
      .split('/')
      .at(-1)
      .slice(0, -3);
    const subject = subjects[n % subjects.length];
    const name = `${subject.replaceAll(' ', '-')}-${idOf(`interaction ${n}`)}`;
    write(
      `interactions/${day.replaceAll('-', '/')}/${name}.md`,
      `---\nat: ${at.toISOString().slice(0, 19)}+00:00\nchannel: phone\ndirection: inbound\nby: anna\ncontacts:\n  - ${who}\nsubject: ${subject}\nminutes: ${(n % 30) + 1}\n---\n\n${notes[n % 3]}${n % 1000 === 7 ? ' Zanzibar.' : ''}\n`,
    );
  }
  run('git', ['-C', folder, 'add', '-A']);
  run('git', ['-C', folder, 'commit', '-qm', 'a grown folder']);
  return contacts * 3;
}
