import { createHash } from 'node:crypto';
import { openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { itaca, row, runTimed } from './measure.js';

/** Cleaning a list of a million people, with all processors and with one. */
export function benchList(folder) {
  const rows = 1_000_000;
  const list = join(folder, 'list.csv');
  writeList(list, rows);
  const clean = (name, ...prefix) => {
    const out = join(folder, `${name}.csv`);
    const [command, ...args] = [
      ...prefix,
      process.execPath,
      itaca,
      'dedupe',
      list,
      '-o',
      out,
      '--country',
      'IT',
      '--quiet',
    ];
    const { seconds, megabytes } = runTimed(command, args, { cwd: folder });
    return { seconds, megabytes, hash: createHash('sha256').update(readFileSync(out)).digest('hex') };
  };
  const all = clean('all');
  const one = clean('one', 'taskset', '-c', '0');
  const same = all.hash === one.hash ? 'the same bytes as with 1 worker' : 'OTHER BYTES THAN WITH 1 WORKER';
  row(
    '`dedupe` of 1,000,000 rows',
    { value: 30, text: '30 s', unit: ' s' },
    all.seconds,
    `${same} (${one.seconds.toFixed(1)} s)`,
  );
  row('… its memory', { value: 1536, text: '1.5 GB', unit: ' MB' }, all.megabytes, '');
}

const given =
  'Mario Anna Luca Giulia Paolo Chiara Marco Sara Pietro Elena Hans Karin John Mary Zoë José'.split(' ');
const family =
  'Rossi Bianchi Verdi Russo Ferrari Esposito Müller Schmidt Smith Jones Gallo Conti Costa Rizzo'.split(' ');
const cities = 'Milano Torino Roma Bologna Napoli Genova München Wien'.split(' ');

/** The same list on every machine: rows of eight columns, one in ten the double of an earlier one. */
function writeList(path, rows) {
  let seed = 1;
  const random = (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 4294967296) * below);
  };
  const person = (n) => {
    const first = given[n % given.length];
    const last = `${family[n % family.length]}${String.fromCharCode(97 + (n % 23))}`;
    return [
      first,
      last,
      `p${n}@firm${n % 9973}.example`,
      `+39 02 ${1000000 + n}`,
      `Ditta ${n % 40009} S.r.l.`,
    ];
  };
  const file = openSync(path, 'w');
  let text = 'id,first_name,last_name,email,phone,company,city,notes\n';
  for (let n = 0; n < rows; n++) {
    const double = n > 100 && random(10) === 0;
    const [first, last, email, phone, company] = person(double ? random(n) : n);
    const spelled = double && random(2) === 0 ? email.toUpperCase() : email;
    text += `${n},${first},${last},${spelled},${phone},${company},${cities[n % cities.length]},"met at the fair, hall ${n % 12}"\n`;
    if (text.length > 1 << 20) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
}
