import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, makeMailing, runSink, sendTo } from './mailing.js';
import { itaca, median, row, run, runTimed } from './measure.js';

const messages = 20_000;
const connections = 5;
const rounds = 3;

/** Seconds in which the messages left: from the journal's first byte to its last. */
function sendingSeconds(folder) {
  const [name] = readdirSync(join(folder, 'campaigns'));
  const sends = join(folder, 'campaigns', name, 'sends');
  const journal = readdirSync(sends).find((file) => /^\d{4}-.*\.jsonl$/.test(file));
  const { birthtimeMs, mtimeMs } = statSync(join(sends, journal));
  return (mtimeMs - birthtimeMs) / 1000;
}

/** A send of 20,000 messages of 2 KB with its journal, against nodemailer's own pool with none. */
export async function benchSend(folder) {
  const where = join(folder, 'send');
  mkdirSync(where);
  const sink = await runSink(undefined);
  const bare = [];
  const whole = [];
  const sending = [];
  const memory = [];
  try {
    const model = join(where, 'model');
    makeMailing(model, messages, ['Spring']);
    sendTo(model, sink.port);
    run('git', ['-C', model, 'commit', '-qam', 'the server']);
    run(process.execPath, [itaca, '-C', model, 'campaign', 'audience', 'Spring']);
    const one = ['campaign', 'preview', 'Spring', '--to', addressOf(0), '--json'];
    const sample = join(where, 'sample.json');
    writeFileSync(sample, run(process.execPath, [itaca, '-C', model, ...one]).stdout);
    const pool = join(import.meta.dirname, 'bare-pool.js');
    for (let i = 0; i < rounds; i++) {
      bare.push(run(process.execPath, [pool, sample, messages, sink.port, connections].map(String)).seconds);
      const copy = join(where, `copy-${i}`);
      run('cp', ['-a', model, copy]);
      const env = { ...process.env, XDG_STATE_HOME: join(where, `state-${i}`) };
      const send = ['campaign', 'send', 'Spring', '--confirm', 'Spring', '--take-over', '--yes', '--json'];
      const sent = runTimed(process.execPath, [itaca, '-C', copy, ...send], { env });
      if (JSON.parse(sent.stdout).sent !== messages) throw new Error(sent.stdout);
      whole.push(sent.seconds);
      sending.push(sendingSeconds(copy));
      memory.push(sent.megabytes);
    }
  } finally {
    await sink.stop();
  }
  const detail = (ours) => `${ours.toFixed(1)} s / ${median(bare).toFixed(1)} s`;
  const atMost = (value) => ({ value, text: `${value.toFixed(2)} ×`, unit: ' ×' });
  const slower = (ours) => median(ours) / median(bare);
  const limit = atMost(1 / 0.85);
  row(
    `sending ${messages} messages of 2 KB, journal fsynced`,
    limit,
    slower(sending),
    detail(median(sending)),
  );
  row(
    '… the whole command, with audience and check of every message',
    limit,
    slower(whole),
    detail(median(whole)),
  );
  row('… its memory', { value: 250, text: '250 MB', unit: ' MB' }, median(memory), '');
}
