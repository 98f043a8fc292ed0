// A workspace with people to write to, and a server that takes the mail.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { itaca, run } from './measure.js';
import { idOf } from './scale-workspace.js';

const sentence = 'Our spring catalogue has forty new lamps, and the ones you know are still there. ';

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/**
 * Runs Postfix's smtp-sink on a free port of this machine.
 * @param keep folder in which each mail is kept as a file; undefined where they are dropped
 */
export async function runSink(keep, ...options) {
  const port = await freePort();
  if (keep !== undefined) {
    mkdirSync(keep, { recursive: true });
    chmodSync(keep, 0o777);
  }
  const into = keep === undefined ? [] : ['-d', 'm.%s.'];
  const command = ['smtp-sink', ...into, ...options, `127.0.0.1:${port}`, '1000'];
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const [file, ...args] = process.getuid?.() === 0 ? [...asNobody, ...command] : command;
  const child = spawn(file, args, { stdio: 'ignore', ...(keep === undefined ? {} : { cwd: keep }) });
  for (;;) {
    const open = await new Promise((done) => {
      const socket = createConnection(port, '127.0.0.1', () => {
        socket.destroy();
        done(true);
      });
      socket.on('error', () => done(false));
    });
    if (open) break;
    if (child.exitCode !== null) throw new Error('smtp-sink did not start');
    await wait(20);
  }
  return {
    port,
    /** Addresses that got a mail, one for each mail. */
    receivers: () =>
      readdirSync(keep)
        .map((name) => readFileSync(join(keep, name), 'latin1'))
        .filter((mail) => mail.includes('Message-ID'))
        .map((mail) => /^X-Rcpt-Args: <([^>]+)>/m.exec(mail)?.[1] ?? mail),
    async stop() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      if (keep !== undefined) rmSync(keep, { recursive: true });
    },
  };
}

/** Address of a person of `makeMailing`. */
export const addressOf = (n) => `p${n}@example${n % 50}.org`;

/** A committed workspace of so many people who said yes, and a campaign for each title, with one and the same text of 2 KB. */
export function makeMailing(folder, people, titles, throttle) {
  const named = ['--name', 'Bench', '--country', 'IT', '--timezone', 'Europe/Rome', '--member', 'anna'];
  run(process.execPath, [itaca, 'init', folder, ...named]);
  const settings = join(folder, 'itaca.yaml');
  const mail = `mail:
  transport: smtp
  smtp:
    host: 127.0.0.1
    port: 25
    connections: 5
  from: Bench <news@bench.example>
  bounce_address: bounces@bench.example
  postal_address: Via Roma 1, 10121 Torino
  unsubscribe:
    mailto: unsubscribe@bench.example
${throttle === undefined ? '' : `  throttle: ${throttle}\n`}`;
  writeFileSync(settings, readFileSync(settings, 'utf8').replace(/^mail:\n(?: .*\n)*/m, mail));
  for (let n = 0; n < people; n++) {
    const id = idOf(`contact ${n}`);
    const parent = join(folder, 'contacts', id.slice(0, 2));
    mkdirSync(parent, { recursive: true });
    const consent = 'purpose: newsletter\n    channel: email\n    state: given\n    basis: consent';
    const text = `---\nname: Person ${n}\nemails:\n  - ${addressOf(n)}\nconsents:\n  - ${consent}\n    at: 2026-01-01T10:00:00Z\n---\n`;
    writeFileSync(join(parent, `person-${n}-${id}.md`), text);
  }
  const body = `# Spring\n\nDear {{ contact.name }},\n\n${sentence.repeat(8)}\n`;
  const about = [
    '--purpose',
    'newsletter',
    '--audience',
    'kind:contact',
    '--subject',
    'For {{ contact.name }}',
  ];
  for (const title of titles)
    run(process.execPath, [itaca, '-C', folder, 'campaign', 'new', title, ...about, '--body', body]);
  run('git', ['-C', folder, 'add', '-A']);
  run('git', ['-C', folder, 'commit', '-qm', 'people']);
}

/** Points a workspace at a server. */
export function sendTo(folder, port) {
  const settings = join(folder, 'itaca.yaml');
  writeFileSync(settings, readFileSync(settings, 'utf8').replace(/^ {4}port: \d+$/m, `    port: ${port}`));
}
