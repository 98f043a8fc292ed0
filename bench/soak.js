// Crashes and crowds, for as long as one likes:
//   node bench/soak.js [--kills 200] [--rows 2000] [--writes 2000] [--ticks 100] [--sends 300] [--messages 2000] [--races 100] [--pulls 100]
// Kills imports, ticks of cron, sends and pulls of mail at random moments and repeats them, lets clones race, and 8 processes write at
// once. Nought leaves one out. Needs Postfix's smtp-sink for the sends. Builds nothing.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { itaca, run } from './measure.js';
import { soakPulls } from './soak-pulls.js';
import { soakSends } from './soak-sends.js';

const writers = 8;
const options = {
  kills: 200,
  rows: 2000,
  writes: 2000,
  ticks: 100,
  sends: 300,
  messages: 2000,
  races: 100,
  pulls: 100,
  seed: Date.now() % 1e9,
};
for (let i = 2; i < process.argv.length; i += 2) {
  const name = process.argv[i].replace(/^--/, '');
  if (!(name in options)) throw new Error(`no option ${process.argv[i]}`);
  options[name] = Number(process.argv[i + 1]);
}

let state = options.seed;
/** The same numbers for the same seed. */
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

const folder = mkdtempSync(join(tmpdir(), 'itaca-soak-'));
Object.assign(process.env, {
  XDG_STATE_HOME: join(folder, 'state'),
  GIT_CONFIG_GLOBAL: '/dev/null',
  ITACA_NOW: '2026-11-20T10:00:00Z',
});
for (const role of ['AUTHOR', 'COMMITTER']) {
  process.env[`GIT_${role}_NAME`] = 'soak';
  process.env[`GIT_${role}_EMAIL`] = 'soak@example.org';
}
const say = (text) => process.stdout.write(`${text}\n`);
const program = (root, ...args) => [itaca, '-C', root, ...args];

/** Everything in a workspace that is not derived: path → content. */
function tree(root) {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .filter((path) => !/^\.(?:git|itaca)\//.test(path));
  return new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

const differing = (one, other) =>
  [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path));

function empty() {
  const root = join(folder, 'empty');
  const where = ['--country', 'IT', '--timezone', 'Europe/Rome', '--language', 'it', '--member', 'anna'];
  run(process.execPath, [itaca, 'init', root, ...where]);
  return root;
}

function writeList(path) {
  const lines = Array.from({ length: options.rows }, (_, i) => {
    const note = 'ciò che si è detto '.repeat(Math.floor(random() * 60));
    return `Person ${i} Rossi,p${i}@example.org,Firm ${i % 300} srl,${note}`;
  });
  writeFileSync(path, `Name,Email,Company,Notes\n${lines.join('\n')}\n`);
}

async function kills(model) {
  const list = join(folder, 'list.csv');
  writeList(list);
  const importing = (root) => program(root, 'import', 'csv', list, '--yes', '--quiet');
  const whole = join(folder, 'whole');
  cpSync(model, whole, { recursive: true });
  const { seconds } = run(process.execPath, importing(whole));
  const wanted = tree(whole);
  const counts = { kills: 0, 'ended before the kill': 0, 'torn records': 0, 'ended otherwise': 0 };
  const moments = { 'nothing written': 0, 'some files written': 0, 'all files written': 0 };
  for (let i = 0; counts.kills < options.kills; i++) {
    const root = join(folder, `kill-${i}`);
    cpSync(model, root, { recursive: true });
    const before = tree(root).size;
    const child = spawn(process.execPath, importing(root), { stdio: 'ignore' });
    const end = new Promise((done) => child.once('close', done));
    await Promise.race([wait(random() * seconds * 1000), end]);
    if (child.exitCode === null) counts.kills++;
    else counts['ended before the kill']++;
    child.kill('SIGKILL');
    await end;
    const left = tree(root);
    for (const [path, text] of left) if (wanted.get(path) !== text) counts['torn records']++;
    const many = left.size === before ? 'nothing' : left.size < wanted.size ? 'some files' : 'all files';
    moments[`${many} written`]++;
    const again = spawnSync(process.execPath, importing(root), { encoding: 'utf8' });
    const status = spawnSync('git', ['-C', root, 'status', '--porcelain'], { encoding: 'utf8' }).stdout;
    if (again.status !== 0 || status !== '' || differing(tree(root), wanted).length > 0) {
      counts['ended otherwise']++;
      say(`kill ${i}: exit ${again.status} ${again.stderr}${status.slice(0, 500)}`);
    }
    rmSync(root, { recursive: true });
  }
  say(`import of ${options.rows} rows, ${seconds.toFixed(1)} s uninterrupted, seed ${options.seed}`);
  say(JSON.stringify({ ...counts, ...moments }));
  return counts['torn records'] + counts['ended otherwise'];
}

/** Cases whose deadlines are missed, each with a customer who waits for a receipt. */
function cases(model) {
  const root = join(folder, 'cases');
  cpSync(model, root, { recursive: true });
  for (const kind of ['contacts', 'cases']) mkdirSync(join(root, kind), { recursive: true });
  const opened = '2026-11-19T08:00:00+01:00';
  for (let i = 10; i < 40; i++) {
    const contact = `person-cccccccc${i}`;
    const emails = `emails: [p${i}@example.org]`;
    writeFileSync(join(root, 'contacts', `${contact}.md`), `---\nname: P ${i}\n${emails}\n---\n`);
    const data = `title: C ${i}\ntype: complaint\nstate: new\ncontact: ${contact}\nowner: anna\nopened_at: ${opened}`;
    writeFileSync(join(root, 'cases', `case-dddddddd${i}.md`), `---\n${data}\n---\n`);
  }
  run('git', ['-C', root, 'add', '-A']);
  run('git', ['-C', root, 'commit', '-qm', 'cases']);
  return root;
}

/** Kills ticks to the outbox. What the next one finds in doubt is listed, and nothing else may be missing. */
async function ticks(model) {
  const made = cases(model);
  const ticking = (root) => program(root, 'run', '--json');
  const whole = join(folder, 'ticked');
  cpSync(made, whole, { recursive: true });
  const { seconds } = run(process.execPath, ticking(whole));
  const isRandom = (path) => path.startsWith('notices/');
  const wanted = tree(whole);
  const counts = { kills: 0, 'in doubt': 0, 'ended otherwise': 0 };
  for (let i = 0; counts.kills < options.ticks; i++) {
    const root = join(folder, `tick-${i}`);
    cpSync(made, root, { recursive: true });
    // What this machine remembers of another copy's journals is not this one's.
    rmSync(process.env.XDG_STATE_HOME, { recursive: true, force: true });
    const child = spawn(process.execPath, ticking(root), { stdio: 'ignore' });
    const end = new Promise((done) => child.once('close', done));
    await Promise.race([wait(random() * seconds * 1000), end]);
    if (child.exitCode === null) counts.kills++;
    child.kill('SIGKILL');
    await end;
    await wait(200);
    rmSync(join(root, '.git', 'index.lock'), { force: true });
    const again = spawnSync(process.execPath, ticking(root), { encoding: 'utf8' });
    const doubts = again.stdout.split('"state": "unknown"').length - 1;
    counts['in doubt'] += doubts;
    const other = differing(tree(root), wanted).filter((path) => !isRandom(path));
    const missing = other.filter((path) => path.startsWith('outbox/')).length;
    const last = spawnSync(process.execPath, program(root, 'run'), { encoding: 'utf8' });
    const status = spawnSync('git', ['-C', root, 'status', '--porcelain'], { encoding: 'utf8' }).stdout;
    const wrong = other.length > missing || missing > doubts || last.stdout !== '' || status !== '';
    if (wrong || again.status !== (doubts > 0 ? 7 : 0)) {
      counts['ended otherwise']++;
      say(
        `tick ${i}: exit ${again.status} ${again.stderr}${last.stdout}${status}${other.join(' ')}`.slice(
          0,
          1000,
        ),
      );
    }
    rmSync(root, { recursive: true });
  }
  say(`tick with ${wanted.size} files, ${seconds.toFixed(1)} s uninterrupted, seed ${options.seed}`);
  say(JSON.stringify(counts));
  return counts['ended otherwise'];
}

/** Each process logs calls with one person and adds people, all of them in one workspace. */
async function crowd(model) {
  const root = join(folder, 'crowd');
  cpSync(model, root, { recursive: true });
  run(process.execPath, program(root, 'contact', 'add', '--name', 'Mario Rossi', '--email', 'm@example.it'));
  const each = Math.floor(options.writes / writers);
  const failures = [];
  const began = performance.now();
  const work = async (writer) => {
    for (let n = 0; n < each; n++) {
      const text = `call ${writer}-${n}`;
      const args =
        n % 2
          ? ['log', 'phone', 'm@example.it', text, '--in']
          : n % 4
            ? ['contact', 'add', '--name', text]
            : ['contact', 'set', 'm@example.it', `tags+=t${writer}-${n}`];
      const child = spawn(process.execPath, program(root, ...args), { stdio: ['ignore', 'ignore', 'pipe'] });
      let stderr = '';
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      const code = await new Promise((done) => child.once('close', done));
      if (code !== 0) failures.push(`${text}: exit ${code}: ${stderr}`);
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => work(writer)));
  const seconds = (performance.now() - began) / 1000;
  const written = [...tree(root).values()].join('\n');
  let lost = 0;
  for (let writer = 0; writer < writers; writer++) {
    for (let n = 0; n < each; n++) {
      const sign = n % 4 ? `call ${writer}-${n}` : `t${writer}-${n}`;
      if (
        !written
          .split(sign)
          .slice(1)
          .some((after) => !/^\d/.test(after))
      )
        lost++;
    }
  }
  const commits = Number(run('git', ['-C', root, 'rev-list', '--count', 'HEAD']).stdout);
  const status = run('git', ['-C', root, 'status', '--porcelain']).stdout;
  const check = spawnSync(process.execPath, program(root, 'check'), { encoding: 'utf8' });
  for (const failure of failures.slice(0, 5)) say(failure);
  const wrong = lost + failures.length + (status === '' ? 0 : 1) + (check.status === 0 ? 0 : 1);
  say(
    `${writers} processes, ${writers * each} writes: ${failures.length} refused, ${lost} lost, ${commits} commits ` +
      `(${writers * each + 2} expected), tree ${status === '' ? 'clean' : 'not clean'}, check ${check.status === 0 ? 'silent' : check.stdout}, ` +
      `${seconds.toFixed(0)} s (${((writers * each) / seconds).toFixed(1)} writes a second)`,
  );
  return wrong + Math.abs(commits - writers * each - 2);
}

try {
  const model = empty();
  let wrong = 0;
  if (options.kills > 0) wrong += await kills(model);
  if (options.ticks > 0) wrong += await ticks(model);
  if (options.writes > 0) wrong += await crowd(model);
  const { sends, races, messages, pulls } = options;
  const many = { kills: sends, races, messages, withinMs: 1500, raceMessages: 60 };
  if (sends > 0 || races > 0) wrong += await soakSends(folder, many, random, say);
  if (pulls > 0) wrong += await soakPulls(folder, { kills: pulls }, random, say);
  if (wrong > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
