import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { itaca, median, row, run, runTimed } from './measure.js';
import { idOf } from './scale-workspace.js';

const messages = 20_000;
const connections = 5;
const sentence = 'Our spring catalogue has forty new lamps, and the ones you know are still there. ';

/** A sink that takes mail and drops it, on a free port of this machine. */
async function runSink(folder) {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  const command = ['smtp-sink', `127.0.0.1:${port}`, '1000'];
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const [file, ...args] = process.getuid?.() === 0 ? [...asNobody, ...command] : command;
  chmodSync(folder, 0o755);
  const child = spawn(file, args, { stdio: 'ignore' });
  for (;;) {
    const open = await new Promise((done) => {
      const socket = createConnection(port, '127.0.0.1', () => {
        socket.destroy();
        done(true);
      });
      socket.on('error', () => done(false));
    });
    if (open) return { port, stop: () => child.kill('SIGKILL') };
    if (child.exitCode !== null) throw new Error('smtp-sink did not start');
    await wait(20);
  }
}

/** A committed workspace whose whole audience may be written to, with a message of 2 KB. */
function makeWorkspace(folder, people, port) {
  const named = ['--name', 'Bench', '--country', 'IT', '--timezone', 'Europe/Rome', '--member', 'anna'];
  run(process.execPath, [itaca, 'init', folder, ...named]);
  const settings = join(folder, 'itaca.yaml');
  writeFileSync(
    settings,
    readFileSync(settings, 'utf8').replace(
      /^mail:\n(?: .*\n)*/m,
      `mail:
  transport: smtp
  smtp: {host: 127.0.0.1, port: ${port}, connections: ${connections}}
  from: Bench <news@bench.example>
  bounce_address: bounces@bench.example
  postal_address: Via Roma 1, 10121 Torino
  unsubscribe: {mailto: unsubscribe@bench.example}
`,
    ),
  );
  const made = new Set();
  for (let n = 0; n < people; n++) {
    const id = idOf(`contact ${n}`);
    const parent = join(folder, 'contacts', id.slice(0, 2));
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(
      join(parent, `person-${n}-${id}.md`),
      `---\nname: Person ${n}\nemails:\n  - p${n}@example${n % 50}.org\nconsents:\n  - purpose: newsletter\n    channel: email\n    state: given\n    basis: consent\n    at: 2026-01-01T10:00:00Z\n---\n`,
    );
  }
  const campaign = ['campaign', 'new', 'Spring', '--purpose', 'newsletter', '--audience', 'kind:contact'];
  const body = `# Spring\n\nDear {{ contact.name }},\n\n${sentence.repeat(8)}\n`;
  run(process.execPath, [
    itaca,
    '-C',
    folder,
    ...campaign,
    '--subject',
    'Spring for {{ contact.name }}',
    '--body',
    body,
  ]);
  run('git', ['-C', folder, 'add', '-A']);
  run('git', ['-C', folder, 'commit', '-qm', 'people']);
}

/** The time from the first message's intent to the last one's outcome is not asked for: the whole command counts. */
export async function benchSend(folder) {
  const where = join(folder, 'send');
  mkdirSync(where);
  const sink = await runSink(folder);
  try {
    const model = join(where, 'model');
    makeWorkspace(model, messages, sink.port);
    run(process.execPath, [itaca, '-C', model, 'campaign', 'audience', 'Spring']);
    const { stdout } = run(process.execPath, [
      itaca,
      '-C',
      model,
      'campaign',
      'preview',
      'Spring',
      '--to',
      `p0@example0.org`,
      '--json',
    ]);
    const sample = join(where, 'sample.json');
    writeFileSync(sample, stdout);
    const bare = [];
    const ours = [];
    const memory = [];
    for (let i = 0; i < 3; i++) {
      bare.push(
        run(process.execPath, [
          join(import.meta.dirname, 'bare-pool.js'),
          sample,
          String(messages),
          String(sink.port),
          String(connections),
        ]).seconds,
      );
      const copy = join(where, `copy-${i}`);
      run('cp', ['-a', model, copy]);
      process.env.XDG_STATE_HOME = join(where, `state-${i}`);
      const sent = runTimed(process.execPath, [
        itaca,
        '-C',
        copy,
        'campaign',
        'send',
        'Spring',
        '--confirm',
        'Spring',
        '--json',
      ]);
      if (JSON.parse(sent.stdout).sent !== messages) throw new Error(sent.stdout);
      ours.push(sent.seconds);
      memory.push(sent.megabytes);
    }
    const rate = (seconds) => `${Math.round(messages / seconds)}/s`;
    console.log({
      bare,
      ours,
      memory,
      ratio: median(bare) / median(ours),
      rates: [rate(median(bare)), rate(median(ours))],
    });
  } finally {
    sink.stop();
  }
}
