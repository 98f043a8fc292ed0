// Sends that are killed, refused, cut off, stopped, raced, or find the disk full. Whatever happens: nobody twice, and
// nobody neither sent to nor listed.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { addressOf, makeMailing, runSink, sendTo } from './mailing.js';
import { itaca, run } from './measure.js';

/** What the journals of a campaign say of each address: the state that most forbids another copy. */
function statesOf(root, title) {
  const caution = ['deferred', 'rejected', 'unknown', 'sent'];
  const certainty = ['unknown', 'deferred', 'rejected', 'sent'];
  const intents = new Map();
  const outcomes = new Map();
  const folder = readdirSync(join(root, 'campaigns')).find((name) =>
    name.startsWith(`${title.toLowerCase()}-`),
  );
  const sends = join(root, 'campaigns', folder, 'sends');
  for (const name of existsSync(sends) ? readdirSync(sends) : []) {
    if (!/^\d{4}-.*\.jsonl$/.test(name)) continue;
    for (const line of readFileSync(join(sends, name), 'utf8').split('\n')) {
      if (!line.endsWith('}')) continue;
      const entry = JSON.parse(line);
      if (entry.event === 'intent') intents.set(entry.id, entry.address);
      else {
        const known = outcomes.get(entry.intent);
        if (certainty.indexOf(entry.event) > certainty.indexOf(known))
          outcomes.set(entry.intent, entry.event);
      }
    }
  }
  const states = new Map();
  for (const [id, address] of intents) {
    const state = outcomes.get(id) ?? 'unknown';
    if (caution.indexOf(state) > caution.indexOf(states.get(address))) states.set(address, state);
  }
  return states;
}

/**
 * Those who got a mail twice, and those who got none and of whom no journal says why.
 * @param last what the last send said: whom it did not come to, it counts as remaining
 */
function wrongs(root, title, people, receivers, last) {
  const got = new Map();
  for (const address of receivers) got.set(address, (got.get(address) ?? 0) + 1);
  const states = statesOf(root, title);
  const result = { twice: 0, lost: 0, wrong: 0, unknown: 0, deferred: 0, rejected: 0, remaining: 0 };
  for (const count of got.values()) if (count > 1) result.twice++;
  for (let n = 0; n < people; n++) {
    const address = addressOf(n);
    const state = states.get(address);
    if (state === undefined && !got.has(address)) result.remaining++;
    else if (state === undefined || (state === 'sent' && !got.has(address))) result.lost++;
    // What a journal says did not leave must not have arrived.
    else if ((state === 'deferred' || state === 'rejected') && got.has(address)) result.wrong++;
    if (state !== undefined && state !== 'sent') result[state]++;
  }
  const said = last.stdout === '' ? { remaining: 0, deferred: 0 } : JSON.parse(last.stdout);
  // One that was about to leave when the send stopped is deferred in the journal, and remains.
  result.lost += Math.abs(result.remaining + result.deferred - said.remaining - said.deferred);
  return result;
}

const add = (sum, one) => {
  for (const [key, count] of Object.entries(one)) sum[key] = (sum[key] ?? 0) + count;
};

/**
 * @param options kills and races, how many of each; messages in a send
 * @returns how often a promise was broken
 */
export async function soakSends(folder, options, random, say) {
  const model = join(folder, 'mailing');
  makeMailing(model, options.messages, ['Spring', 'Fairs']);
  const env = (root) => ({ ...process.env, XDG_STATE_HOME: `${root}.state` });
  const sending = (root, title, ...more) => [
    ...[itaca, '-C', root, 'campaign', 'send', title, '--confirm', title, '--yes', '--no-input', '--json'],
    ...more,
  ];
  const again = (root, title, ...more) =>
    spawnSync(process.execPath, sending(root, title, ...more), { encoding: 'utf8', env: env(root) });
  let made = 0;
  const copyOf = (port) => {
    const root = join(folder, `mailing-${made++}`);
    cpSync(model, root, { recursive: true });
    rmSync(join(root, '.git', 'itaca', 'sends-from.json'), { force: true });
    sendTo(root, port);
    run('git', ['-C', root, 'commit', '-qam', 'the server']);
    return root;
  };
  const remove = (root) => {
    for (const path of [root, `${root}.state`]) rmSync(path, { recursive: true, force: true });
  };
  const journalIn = (root) =>
    readdirSync(join(root, 'campaigns')).some((name) => existsSync(join(root, 'campaigns', name, 'sends')));

  /** Starts a send and signals it at a random moment after the first intents. */
  async function struck(root, title, signal, withinMs, ...more) {
    const child = spawn(process.execPath, sending(root, title, ...more), { stdio: 'ignore', env: env(root) });
    const end = once(child, 'close');
    while (!journalIn(root) && child.exitCode === null) await wait(2);
    await Promise.race([wait(random() * withinMs), end]);
    const struck = child.exitCode === null;
    child.kill(signal);
    await end;
    return struck;
  }

  let broken = 0;
  const tell = (what, counts) => {
    broken += counts.twice + counts.lost + counts.wrong;
    say(`${what}: ${JSON.stringify(counts)}`);
  };

  /** One send, struck again and again until it is done. */
  async function strike(what, signal, times, sinkOptions = []) {
    const counts = { strikes: 0, sends: 0, twice: 0, lost: 0, wrong: 0 };
    while (counts.strikes < times) {
      const sink = await runSink(join(folder, 'sink'), ...sinkOptions);
      const root = copyOf(sink.port);
      for (let i = 0; i < 12 && counts.strikes < times; i++) {
        if (!(await struck(root, 'Spring', signal, options.withinMs))) break;
        counts.strikes++;
      }
      // The last one is left in peace; those who were put off get another try.
      again(root, 'Spring');
      const last = again(root, 'Spring');
      await wait(200);
      // The sink keeps a mail also where it refuses it at the dot.
      const refusedAtDot = /^-[rf] \.$/.test(sinkOptions.join(' '));
      add(counts, wrongs(root, 'Spring', options.messages, refusedAtDot ? [] : sink.receivers(), last));
      counts.sends++;
      const status = run('git', ['-C', root, 'status', '--porcelain']).stdout;
      if (status !== '') {
        counts.wrong++;
        say(`not committed: ${status} exit ${last.status}: ${last.stderr.slice(-500)}`);
      }
      await sink.stop();
      remove(root);
    }
    tell(what, counts);
  }

  await strike(`kill -9 during sends of ${options.messages}`, 'SIGKILL', options.kills);
  await strike('SIGTERM', 'SIGTERM', Math.ceil(options.kills / 15));
  const few = Math.ceil(options.kills / 30);
  await strike('the line dropped after the final dot (-q .), kill -9', 'SIGKILL', few, ['-q', '.']);
  for (const verb of ['ehlo', 'mail', 'rcpt', 'data', '.']) {
    await strike(`4xx at ${verb} (-r), kill -9`, 'SIGKILL', few, ['-r', verb]);
    await strike(`5xx at ${verb} (-f), kill -9`, 'SIGKILL', few, ['-f', verb]);
    await strike(`the line dropped at ${verb} (-q), kill -9`, 'SIGKILL', few, ['-q', verb]);
  }
  await fullDisk();
  await races();
  return broken;

  /** The disk is full while the journal grows. Needs root, for a disk so small. */
  async function fullDisk() {
    if (process.getuid?.() !== 0) return say('full disk: skipped, it needs a disk of its own');
    const counts = { times: 0, refusals: 0, twice: 0, lost: 0, wrong: 0 };
    for (let i = 0; i < few; i++) {
      const sink = await runSink(join(folder, 'sink'));
      const root = copyOf(sink.port);
      const disk = `${root}.disk`;
      mkdirSync(disk);
      run('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', disk]);
      try {
        run('cp', ['-a', `${root}/.`, disk]);
        run(process.execPath, [itaca, '-C', disk, 'campaign', 'audience', 'Spring']);
        const free = Number(run('df', ['--output=avail', '-k', disk]).stdout.split('\n')[1]);
        const leave = 20 + Math.floor(random() * options.messages * 0.7);
        run('fallocate', ['-l', `${free - leave}K`, join(disk, '.itaca', 'filler')]);
        const full = spawnSync(process.execPath, sending(disk, 'Spring', '--take-over'), {
          encoding: 'utf8',
          env: env(root),
        });
        if (full.status !== 0) counts.refusals++;
        rmSync(join(disk, '.itaca', 'filler'));
        const resume = () =>
          spawnSync(process.execPath, sending(disk, 'Spring', '--take-over'), {
            encoding: 'utf8',
            env: env(root),
          });
        resume();
        const last = resume();
        await wait(200);
        add(counts, wrongs(disk, 'Spring', options.messages, sink.receivers(), last));
        counts.times++;
      } finally {
        run('umount', [disk]);
      }
      await sink.stop();
      remove(root);
      remove(disk);
    }
    tell('full disk while journalling', counts);
  }

  /** Two clones that start one send, and two offices that send one text under two names, at the same moment. */
  async function races() {
    const counts = { races: 0, 'one began': 0, twice: 0, lost: 0, wrong: 0 };
    const small = join(folder, 'race');
    makeMailing(small, options.raceMessages, ['Spring', 'Fairs']);
    for (let i = 0; i < options.races; i++) {
      const sink = await runSink(join(folder, 'sink'));
      const home = join(folder, `race-${i}`);
      const remote = join(home, 'team.git');
      run('git', ['init', '-q', '--bare', '-b', 'main', remote]);
      const [a, b] = ['a', 'b'].map((name) => join(home, name));
      cpSync(small, a, { recursive: true });
      sendTo(a, sink.port);
      run('git', ['-C', a, 'commit', '-qam', 'the server']);
      run('git', ['-C', a, 'branch', '-M', 'main']);
      run('git', ['-C', a, 'remote', 'add', 'origin', remote]);
      run('git', ['-C', a, 'push', '-q', '-u', 'origin', 'main']);
      run('git', ['clone', '-q', remote, b]);
      const same = i % 2 === 0;
      const ends = [
        [a, 'Spring'],
        [b, same ? 'Spring' : 'Fairs'],
      ].map(([root, title]) => {
        const child = spawn(process.execPath, sending(root, title), { stdio: 'ignore', env: env(root) });
        return once(child, 'close');
      });
      const codes = (await Promise.all(ends)).map(([code]) => code);
      if (codes.filter((code) => code === 5).length === 1) counts['one began']++;
      again(a, 'Spring');
      again(b, same ? 'Spring' : 'Fairs');
      await wait(100);
      const receivers = sink.receivers();
      counts.twice += receivers.length - new Set(receivers).size;
      counts.lost += options.raceMessages - new Set(receivers).size;
      counts.races++;
      await sink.stop();
      rmSync(home, { recursive: true });
    }
    tell('races of two clones', counts);
  }
}
