// Pulls of mail that are killed, with the gits they run. The next one completes them: each message is on file once, and what
// follows from it happened once.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { makeMailing } from './mailing.js';
import { itaca, run } from './measure.js';
import { idOf } from './scale-workspace.js';

const [people, messages] = [40, 400];
const source = (name) => fileURLToPath(new URL(`../src/e2e/${name}`, import.meta.url));
const git = (root, ...args) => spawnSync('git', ['-C', root, ...args], { encoding: 'utf8' });

const files = (root, under) =>
  existsSync(join(root, under))
    ? readdirSync(join(root, under), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
        .filter((path) => !/^\.(?:git|itaca)\//.test(path))
    : [];
const lines = (root, under) =>
  files(root, under)
    .filter((path) => path.endsWith('.jsonl'))
    .flatMap((path) => readFileSync(join(root, path), 'utf8').trim().split('\n'))
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line));

/** A firm whose campaign went to its people, each with a subscription. */
function makeFirm(root) {
  makeMailing(root, people, ['News']);
  const settings = join(root, 'itaca.yaml');
  writeFileSync(settings, readFileSync(settings, 'utf8').replace('transport: smtp', 'transport: outbox'));
  mkdirSync(join(root, 'agreements'));
  for (let n = 0; n < people; n++) {
    const data = `number: AB-${n}\nkind: subscription\ncontact: person-${n}-${idOf(`contact ${n}`)}\nstart: 2026-01-01\nstate: active`;
    writeFileSync(join(root, 'agreements', `ab-${n}-${idOf(`agreement ${n}`)}.md`), `---\n${data}\n---\n`);
  }
  run('git', ['-C', root, 'add', '-A']);
  run('git', ['-C', root, 'commit', '-qm', 'agreements']);
  run(process.execPath, [itaca, '-C', root, 'campaign', 'send', 'News', '--confirm', 'News', '--yes']);
}

/** The mailbox that its people fill. */
async function mailbox(folder, root) {
  const outfile = join(folder, 'mails.mjs');
  const contents = `export * from ${JSON.stringify(source('firm-mails.ts'))}; export * from ${JSON.stringify(source('mails.ts'))};`;
  await build({ stdin: { contents, resolveDir: folder }, outfile, bundle: true, format: 'esm' });
  const { firmMails, mbox } = await import(pathToFileURL(outfile));
  const sent = lines(root, 'campaigns')
    .filter(({ event }) => event === 'intent')
    .map(({ address, message_id: messageId, token }) => [address, { address, messageId, token }]);
  const path = join(folder, 'in.mbox');
  writeFileSync(path, mbox([...firmMails(messages, new Map(sent))]));
  return path;
}

/** What is on file, but for what tells in which order and by how many writes it came. */
function onFile(root) {
  const records = files(root, '')
    .filter((path) => !path.endsWith('.jsonl'))
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]);
  const ledger = (under, text) => [under, lines(root, under).map(text).sort().join('\n')];
  const inbox = ({ event, message, place }) => `${event} ${message} ${place}`;
  return new Map([...records, ledger('campaigns', ({ id }) => id), ledger('inbox', inbox)]);
}

/**
 * @param random numbers from 0 to 1
 * @returns how many were not completed
 */
export async function soakPulls(folder, { kills }, random, say) {
  const made = join(folder, 'mail-firm');
  makeFirm(made);
  const mbox = await mailbox(folder, made);
  const pulling = (root) => [itaca, '-C', root, 'inbox', 'pull', mbox, '--json'];
  const copy = (name) => {
    const root = join(folder, name);
    cpSync(made, root, { recursive: true });
    rmSync(process.env.XDG_STATE_HOME, { recursive: true, force: true });
    return root;
  };
  const whole = copy('pulled');
  const { seconds } = run(process.execPath, pulling(whole));
  const wanted = onFile(whole);
  const counts = { kills: 0, 'ended before the kill': 0, 'locks of git left': 0, 'ended otherwise': 0 };
  const moments = { 'nothing on file': 0, 'some on file': 0, 'all on file': 0 };
  for (let i = 0; counts.kills < kills; i++) {
    const root = copy(`pull-${i}`);
    // One in four is killed twice.
    for (let times = i % 4 === 0 ? 2 : 1; times > 0; times--) {
      const child = spawn(process.execPath, pulling(root), { stdio: 'ignore', detached: true });
      const end = new Promise((done) => child.once('close', done));
      await Promise.race([wait((0.05 + random() * 0.95) * seconds * 1000), end]);
      if (child.exitCode === null) counts.kills++;
      else counts['ended before the kill']++;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch (error) {
        if (error.code !== 'ESRCH') throw error;
      }
      await end;
      // Only a person can know that no git runs any more.
      for (const name of readdirSync(join(root, '.git'), { recursive: true }))
        if (name.endsWith('.lock')) {
          counts['locks of git left']++;
          rmSync(join(root, '.git', name));
        }
      const had = lines(root, 'inbox').filter(({ event }) => event === 'received').length;
      moments[`${had === 0 ? 'nothing' : had < messages ? 'some' : 'all'} on file`]++;
    }
    const again = spawnSync(process.execPath, pulling(root), { encoding: 'utf8' });
    const now = onFile(root);
    const other = [...new Set([...now.keys(), ...wanted.keys()])].filter(
      (path) => now.get(path) !== wanted.get(path),
    );
    const proof = spawnSync(process.execPath, [itaca, '-C', root, 'inbox', 'reconcile', mbox, '--json'], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const { findings } = JSON.parse(proof.stdout);
    // Strangers wait, since yesterday.
    const gaps = findings.filter(({ problem }) => problem !== 'overdue');
    const check = spawnSync(process.execPath, [itaca, '-C', root, 'check'], { encoding: 'utf8' });
    const status = git(root, 'status', '--porcelain').stdout;
    const sound = git(root, 'fsck', '--no-dangling').status === 0;
    const isRight = again.status === 0 && other.length + gaps.length === 0 && check.status === 0;
    if (!isRight || status !== '' || !sound) {
      counts['ended otherwise']++;
      const said = [again.stderr, other.join(' '), JSON.stringify(gaps), check.stdout, status].join('\n');
      say(`pull ${i}: exit ${again.status} ${said.slice(0, 2000)}`);
    }
    rmSync(root, { recursive: true });
  }
  say(`pull of ${messages} messages, ${seconds.toFixed(1)} s uninterrupted`);
  say(JSON.stringify({ ...counts, ...moments }));
  return counts['ended otherwise'];
}
