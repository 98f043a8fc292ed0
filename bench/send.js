import { createHash, randomBytes } from 'node:crypto';
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

const withId = (draft) => {
  const text = JSON.stringify(draft);
  const id = createHash('sha256').update(text).digest('hex').slice(0, 20);
  return `{"id":"${id}",${text.slice(1)}\n`;
};

/**
 * Journals of so many lines, of messages that left, in files of 32 MB as a send writes them.
 * @param atOf the time of the nth message
 */
export function writeJournals(sends, lines, atOf = () => '2026-01-01T10:00:00+01:00') {
  let part = 1;
  let text = '';
  const flush = () => {
    writeFileSync(join(sends, `2026-01-01-bench${part === 1 ? '' : `-${part}`}.jsonl`), text);
    part++;
    text = '';
  };
  for (let n = 0; n < lines / 2; n++) {
    const message_id = `<${randomBytes(16).toString('hex')}@bench.example>`;
    const address = `gone${n}@example${n % 50}.org`;
    const at = atOf(n);
    const token = randomBytes(12).toString('hex');
    const contact = `person-${n}-aaaaaaaaaa`;
    const intent = withId({ event: 'intent', at, message_id, contact, address, token, transport: 'smtp' });
    const reply = '250 2.0.0 Ok';
    text += intent;
    text += withId({ event: 'sent', at, intent: intent.slice(7, 27), message_id, address, reply });
    if (text.length > 32 * 1024 * 1024) flush();
  }
  if (text !== '') flush();
}

/** Going on with a send whose journals have 1,000,000 lines, against going on with one that has none. */
function benchResume(where, port) {
  const model = join(where, 'resume');
  makeMailing(model, 20, ['Spring']);
  sendTo(model, port);
  run('git', ['-C', model, 'commit', '-qam', 'the server']);
  const send = ['campaign', 'send', 'Spring', '--confirm', 'Spring', '--json'];
  const env = { ...process.env, XDG_STATE_HOME: join(where, 'state-resume') };
  const again = () => runTimed(process.execPath, [itaca, '-C', model, ...send], { env });
  again();
  const short = Math.min(again().seconds, again().seconds);
  const [name] = readdirSync(join(model, 'campaigns'));
  writeJournals(join(model, 'campaigns', name, 'sends'), 1_000_000);
  run('git', ['-C', model, 'add', '-A']);
  run('git', ['-C', model, 'commit', '-qm', 'journals']);
  const long = [again(), again(), again()];
  const seconds = median(long.map((one) => one.seconds)) - short;
  const detail = `${(seconds + short).toFixed(1)} s, with none ${short.toFixed(1)} s; ${Math.round(median(long.map((one) => one.megabytes)))} MB`;
  row('going on with journals of 1,000,000 lines', { value: 5, text: '5 s', unit: ' s' }, seconds, detail);
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
    benchResume(where, sink.port);
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
