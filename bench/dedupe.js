import { existsSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { itaca, run, runTimed } from './measure.js';

const data = resolve(
  fileURLToPath(new URL('..', import.meta.url)),
  process.env.ITACA_DATA ?? '../shared/data',
  'dedupe',
);
const at = (name) => join(data, name);

/** Public lists of known truth, and the F1 that is to be reached on each. Pairs of FEBRL stand in its record ids. */
const lists = [
  ['febrl4', 0.999, ['febrl/dataset4a.csv', 'febrl/dataset4b.csv'], { febrl: true }],
  ['febrl3', 0.996, ['febrl/dataset3.csv'], { febrl: true }],
  ['fake_1000', 0.87, ['fake_1000/fake_1000.csv'], { truth: 'cluster' }],
  ['historical_50k', 0.83, ['historical_50k/historical_50k.csv.gz'], { truth: 'cluster' }],
  ['restaurant', 0.97, ['restaurant_fodors_zagat/restaurant.csv'], { truth: 'class' }],
  ['dqbench tier 1', 1, ['dqbench_er/er_tier1.csv'], { pairs: 'dqbench_er/er_tier1_pairs.csv' }],
  ['dqbench tier 2', 0.98, ['dqbench_er/er_tier2.csv'], { pairs: 'dqbench_er/er_tier2_pairs.csv' }],
  [
    'chicago',
    0.85,
    ['chicago_early_childhood/csv_example_input_with_true_ids.csv'],
    { truth: 'True Id', more: ['--id', 'Id'] },
  ],
  ['rldata500', 0.95, ['rldata500/RLdata500.csv'], { truth: 'ent_id', more: ['--map', 'rec_id=none'] }],
  [
    'orgs_hard',
    0.9,
    ['orgs_hard/records.csv'],
    { pairs: 'orgs_hard/truth.csv', more: ['--id', 'record_id', '--map', 'hardness=none'] },
  ],
];

/** How well doubles are found in public lists, then what it costs in generated ones of growing size. */
export function benchDedupe(folder, contacts) {
  process.stdout.write(
    '\n| list | F1 to reach | F1 | | precision | recall | B³ | ceiling | rows | pairs compared | s |\n' +
      '|---|---|---|---|---|---|---|---|---|---|---|\n',
  );
  for (const [name, reach, files, how] of lists) {
    if (!files.every((file) => existsSync(at(file)))) {
      process.stdout.write(`| ${name} | ${reach} | no data | | | | | | | | |\n`);
      continue;
    }
    const truth = how.febrl ? febrlPairs(folder, name, files) : (how.truth ?? at(how.pairs));
    const { stdout } = run(process.execPath, [
      ...[itaca, 'dedupe', 'evaluate', ...files.map(at), '--truth', truth, ...(how.more ?? [])],
      '--json',
    ]);
    const found = JSON.parse(stdout);
    const met = found.f1 >= reach ? 'met' : 'MISSED';
    process.stdout.write(`| ${name} | ${reach} | ${found.f1} | ${met} | ${rest(found)} |\n`);
  }
  process.stdout.write(
    '\n| generated rows | precision | recall | B³ | ceiling | rows | pairs compared | s | s per 10,000 rows | MB |\n' +
      '|---|---|---|---|---|---|---|---|---|---|\n',
  );
  for (const rows of [10_000, 100_000, contacts].filter((size, i, all) => all.indexOf(size) === i)) {
    const list = join(folder, `people-${rows}.csv`);
    writePeople(list, rows);
    const line = [itaca, 'dedupe', 'evaluate', list, '--truth', 'person', '--errors', '0', '--json'];
    const { seconds, megabytes, stdout } = runTimed(process.execPath, line, { cwd: folder });
    const perTenThousand = ((seconds / rows) * 10_000).toFixed(2);
    process.stdout.write(
      `| ${rows} | ${rest(JSON.parse(stdout))} | ${perTenThousand} | ${Math.round(megabytes)} |\n`,
    );
  }
}

function rest({ precision, recall, b3, ceiling, rows, candidates, seconds }) {
  return [precision, recall, b3, ceiling, rows, candidates, seconds.toFixed(1)].join(' | ');
}

/** `rec-<n>-org` and `rec-<n>-dup-<m>` are one: the pairs of which the ids of FEBRL tell. */
function febrlPairs(folder, name, files) {
  const people = new Map();
  files.forEach((file, list) => {
    for (const line of readFileSync(at(file), 'utf8').split(/\r?\n/).slice(1)) {
      const id = line.split(',')[0].trim();
      if (id === '') continue;
      const person = id.split('-')[1];
      const rows = people.get(person) ?? [];
      people.set(person, rows);
      rows.push({ id, list });
    }
  });
  const pairs = [...people.values()].flatMap((rows) =>
    rows.flatMap((a, i) =>
      rows
        .slice(i + 1)
        .filter((b) => files.length === 1 || a.list !== b.list)
        .map((b) => `${a.id},${b.id}`),
    ),
  );
  const path = join(folder, `${name}-pairs.csv`);
  writeFileSync(path, `a,b\n${pairs.join('\n')}\n`);
  return path;
}

const given =
  'Mario Anna Luca Giulia Paolo Chiara Marco Sara Pietro Elena Hans Karin John Mary Zoë José Matteo Francesca Andrea Laura Stefan Ursula Peter Susan David Linda Robert Emma Ahmed Fatima Ivan Olga Yusuf Leila Chen Mei'.split(
    ' ',
  );
const starts =
  'Ros Bian Ver Rus Fer Espo Mül Schmi Smi Jon Gal Con Cos Riz Mar Gre Bru Lom Mor Bar Fon San Ric Cat Vil Hof Wag Bec Web Kra'.split(
    ' ',
  );
const ends =
  'si chi di so rari sito ler dt th es lo ti ta zo ino co no bardi etti tana tini man ner ker ber mer ton son ley wood'.split(
    ' ',
  );
const streets =
  'Via Roma|Via Garibaldi|Corso Italia|Via Verdi|Hauptstrasse|Bahnhofstrasse|High Street|Mill Lane|Via Dante|Church Road'.split(
    '|',
  );
const cities = 'Milano Torino Roma Bologna Napoli Genova München Wien London Leeds Verona Padova'.split(' ');

/** The same people on every machine: one row in five is an earlier person again, misspelt, half empty or turned round. */
function writePeople(path, rows) {
  let seed = 7;
  const random = (below) => {
    // Mulberry32: the low bits of a plain congruence repeat too soon for a million rows.
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
  const of = (list) => list[random(list.length)];
  const two = (number) => String(number).padStart(2, '0');
  const person = (n) => {
    const first = of(given);
    const last = of(starts) + of(ends) + (random(3) === 0 ? of(ends) : '');
    const local = [`${first}.${last}`, `${first[0]}${last}`, `${last}${random(1000)}`][random(3)];
    return {
      n,
      first,
      last,
      email: `${local.toLowerCase()}${random(100)}@mail${random(40)}.example`,
      phone: `+39 0${random(9) + 1} ${1_000_000 + random(9_000_000)}`,
      street: `${of(streets)} ${1 + random(200)}`,
      city: of(cities),
      postcode: two(random(90) + 10) + two(random(100)) + random(10),
      born: `${1930 + random(75)}-${two(1 + random(12))}-${two(1 + random(28))}`,
    };
  };
  const misspelt = (text) => {
    if (text.length < 3) return text;
    const i = random(text.length - 1);
    const letter = String.fromCharCode(97 + random(26));
    return [
      text.slice(0, i) + text.slice(i + 1),
      text.slice(0, i) + letter + text.slice(i),
      text.slice(0, i) + letter + text.slice(i + 1),
      text.slice(0, i) + text[i + 1] + text[i] + text.slice(i + 2),
    ][random(4)];
  };
  const keys = ['first', 'last', 'email', 'phone', 'street', 'city', 'postcode', 'born'];
  const again = (one) => {
    const copy = { ...one };
    for (let errors = 1 + random(3); errors > 0; errors--) {
      const key = of(keys);
      const kind = random(8);
      if (kind === 0) [copy.first, copy.last] = [copy.last, copy.first];
      else if (kind < 3) copy[key] = '';
      else copy[key] = misspelt(copy[key]);
    }
    return copy;
  };
  const file = openSync(path, 'w');
  let text = `person,${keys.join(',')}\n`
    .replace('first,last', 'first_name,last_name')
    .replace('born', 'dob');
  const recent = [];
  let people = 0;
  for (let row = 0; row < rows; row++) {
    let one;
    if (recent.length > 100 && random(5) === 0) one = again(of(recent));
    else {
      one = person(people++);
      // Those who come again are taken from so many, that no table of a million people is kept.
      if (recent.length < 20_000) recent.push(one);
      else recent[random(recent.length)] = one;
    }
    text += `${one.n},${keys.map((key) => one[key]).join(',')}\n`;
    if (text.length > 1 << 20) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
}
