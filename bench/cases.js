import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inTurn, itaca, row, run, runTimed } from './measure.js';
import { idOf } from './scale-workspace.js';

const ms = (seconds) => `${Math.round(seconds * 1000)} ms`;
const types = ['complaint', 'order', 'question', 'return'];
const channels = ['email', 'phone', 'letter', 'fax'];
const hour = 3_600_000;

/**
 * A committed workspace of so many cases with five entries in each history, over four years; every fiftieth is open, and
 * every fifth has an answer of its own.
 */
function makeCases(folder, cases) {
  const named = ['--name', 'Bench', '--country', 'IT', '--timezone', 'Europe/Rome', '--member', 'anna'];
  run(process.execPath, [itaca, 'init', folder, ...named]);
  const made = new Set();
  const write = (path, text) => {
    const parent = dirname(path);
    if (!made.has(parent)) mkdirSync(join(folder, parent), { recursive: true });
    made.add(parent);
    writeFileSync(join(folder, path), text);
  };
  const begin = Date.UTC(2022, 10, 1, 8);
  const every = Math.floor((4 * 365 * 24 * hour) / cases);
  const iso = (at) => `${new Date(at).toISOString().slice(0, 19)}+00:00`;
  for (let n = 0; n < cases; n++) {
    const id = idOf(`case ${n}`);
    const at = begin + n * every;
    const open = n % 50 === 0;
    const waits = n % 3 === 0 ? 'waiting_customer' : 'waiting_internal';
    const moves = [
      ['', 'new', 0, ''],
      ['new', 'open', 2 + (n % 9), ''],
      ['open', waits, 20 + (n % 31), 'asked for the number'],
      [waits, 'open', 60 + (n % 57), ''],
      open ? ['open', waits, 90, 'looks for it'] : ['open', 'resolved', 90 + (n % 77), 'sent'],
    ];
    const history = moves.map(
      ([from, to, after, why]) =>
        `  - at: ${iso(at + after * hour)}\n    by: anna\n${from ? `    from: ${from}\n` : ''}    to: ${to}\n${why ? `    why: ${why}\n` : ''}`,
    );
    const name = `case-${n}-${id}`;
    write(
      `cases/${id.slice(0, 2)}/${name}.md`,
      `---\ntitle: Case ${n}\ntype: ${types[n % 4]}\nstate: ${moves[4][1]}\npriority: normal\nchannel: ${channels[(n * 7) % 4]}\nowner: anna\noffice: main\nopened_at: ${iso(at)}\nhistory:\n${history.join('')}---\n`,
    );
    if (n % 5 > 0) continue;
    const answered = at + (3 + (n % 13)) * hour;
    const day = new Date(answered).toISOString().slice(0, 10).replaceAll('-', '/');
    write(
      `interactions/${day}/re-${idOf(`answer ${n}`)}.md`,
      `---\nat: ${iso(answered)}\nchannel: email\ndirection: outbound\nby: anna\ncase: ${name}\nsubject: Re\n---\n`,
    );
  }
  run('git', ['-C', folder, 'add', '-A']);
  run('git', ['-C', folder, 'commit', '-qm', 'a grown folder']);
}

/** What watches over a great many cases. */
export function benchCases(folder, cases) {
  const workspace = join(folder, 'cases');
  makeCases(workspace, cases);
  process.env.ITACA_NOW = '2026-11-01T10:00:00Z';
  const at = (...args) => [itaca, '-C', workspace, ...args];
  run(process.execPath, at('case', 'list'));
  const timed = [0, 1, 2, 3, 4].map(() =>
    runTimed(process.execPath, at('report', 'sla', '--group-by', 'office,channel,type,month', '--json')),
  );
  const middle = timed.sort((a, b) => a.seconds - b.seconds)[2];
  row(
    `\`report sla\` of ${cases} cases`,
    { value: 3, text: '3 s', unit: ' s' },
    middle.seconds,
    `${cases * 5} history entries`,
  );
  row('its memory', { value: 600, text: '600 MB', unit: ' MB' }, middle.megabytes, '');
  const [node, git, due, report] = inTurn(7, [
    () => run(process.execPath, ['-e', '0']).seconds,
    () => run('git', ['-C', workspace, 'status', '--short']).seconds,
    () => run(process.execPath, at('due', '--json')).seconds,
    () => run(process.execPath, at('report', 'cases', '--json')).seconds,
  ]);
  for (const [what, seconds] of [
    ['due', due],
    ['report cases', report],
  ]) {
    row(
      `\`${what}\`, ${Math.ceil(cases / 50)} of them open`,
      { value: 1.5, text: '1.5 × (`git status` + `node -e 0`)', unit: ' ×' },
      seconds / (git + node),
      `${ms(seconds)} / (${ms(git)} + ${ms(node)})`,
    );
  }
  delete process.env.ITACA_NOW;
}
