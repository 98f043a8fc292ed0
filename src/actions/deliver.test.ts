import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Recipient } from '../domain/campaigns/plan.js';
import { outboxTransport } from '../mail/outbox.js';
import { smtpTransport } from '../mail/smtp.js';
import type { Outcome, OutgoingMessage, Transport } from '../mail/transport.js';
import { type JournalPlace, SendJournal } from '../workspace/journal.js';
import { type DeliverInput, type DeliverResult, deliver } from './deliver.js';
import { partlyDone } from './partly-done.js';

let root: string;
let place: JournalPlace;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'deliver-'));
  place = {
    folder: join(root, 'sends'),
    campaignId: 'k3f9w2q8ab',
    state: join(root, 'state'),
    clone: 'c1',
    date: '2026-11-24',
  };
});
afterEach(() => rmSync(root, { recursive: true }));

function people(count: number): Recipient[] {
  return Array.from({ length: count }, (_, index) => {
    const address = `p${index}@example.it`;
    return {
      contact: `c${index}`,
      ref: `n-c${index}`,
      name: `N ${index}`,
      address,
      canonical: address,
      body: '*',
    };
  });
}

const messageIdOf = ({ canonical }: Recipient) => `<${canonical.replace('@', '.')}@example.org>`;

async function compose(recipient: Recipient, token: string): Promise<OutgoingMessage> {
  const { canonical } = recipient;
  const messageId = messageIdOf(recipient);
  const raw = Buffer.from(`Message-ID: ${messageId}\r\nSubject: s\r\n\r\nHello\r\n`);
  return { messageId, envelope: { from: `bounces+${token}@example.org`, to: canonical }, raw };
}

/** A transport that answers as told, and remembers what it was given. */
function scripted(answer: (message: OutgoingMessage, count: number) => Outcome | Promise<Outcome>) {
  const sent: string[] = [];
  let flying = 0;
  const transport: Transport & { sent: string[]; mostFlying: number } = {
    name: 'smtp',
    concurrency: 5,
    sent,
    mostFlying: 0,
    async send(message) {
      transport.mostFlying = Math.max(transport.mostFlying, ++flying);
      sent.push(message.envelope.to);
      const outcome = await answer(message, sent.length);
      flying--;
      return outcome;
    },
    async close() {},
  };
  return transport;
}

let tokens = 0;

/** Opens the journal, delivers, closes it; checks that everybody is accounted for. */
async function run(
  recipients: Recipient[],
  transport: Transport,
  more: Partial<DeliverInput> = {},
): Promise<DeliverResult> {
  const journal = await SendJournal.open(place);
  try {
    const result = await deliver({
      journal,
      transport,
      recipients,
      messageId: messageIdOf,
      compose,
      recheck: async () => new Map(),
      newToken: () => `t${tokens++}`,
      now: () => '2026-11-24T10:00:00Z',
      ...more,
    });
    const { sent, unknown, deferred, rejected, remaining, leftOut } = result;
    expect(sent + unknown + deferred + rejected + remaining + leftOut.length).toBe(recipients.length);
    return result;
  } finally {
    await journal.close();
  }
}

describe('a send', () => {
  it('goes to everybody once, and a second one to nobody', async () => {
    const transport = scripted(() => ({ state: 'sent', reply: '250 ok' }));
    const seen: number[] = [];
    const first = await run(people(120), transport, { onProgress: ({ sent }) => seen.push(sent) });
    expect(first).toMatchObject({ sent: 120, left_out: {}, problems: [], interrupted: false });
    expect(partlyDone(first)).toBeUndefined();
    expect(seen).toEqual([50, 100, 120]);
    expect(new Set(transport.sent).size).toBe(120);
    expect(transport.mostFlying).toBeLessThanOrEqual(5);

    const second = await run(people(120), transport);
    expect(second).toMatchObject({ sent: 0, left_out: { already_sent: 120 } });
    expect(transport.sent).toHaveLength(120);
  });

  it('tries again only what certainly did not leave', async () => {
    const states = ['sent', 'rejected', 'deferred', 'unknown'] as const;
    const first = scripted(({ envelope }) => ({
      state: states[Number(/\d+/.exec(envelope.to)) % 4]!,
      reply: 'r',
    }));
    const result = await run(people(8), first);
    expect(result).toMatchObject({ sent: 2, rejected: 2, deferred: 2, unknown: 2 });
    expect(result.problems).toHaveLength(6);
    expect(partlyDone(result)).toMatchObject({ code: 'partial' });

    const second = scripted(() => ({ state: 'sent' }));
    expect(await run(people(8), second)).toMatchObject({
      sent: 2,
      rejected: 2,
      deferred: 0,
      unknown: 2,
      left_out: { already_sent: 2 },
    });
    expect(second.sent.sort()).toEqual(['p2@example.it', 'p6@example.it']);
  });

  it('asks again before each batch who must not get it', async () => {
    const transport = scripted(() => ({ state: 'sent' }));
    const result = await run(people(30), transport, {
      batchSize: 10,
      recheck: async (batch) =>
        transport.sent.length < 10
          ? new Map()
          : new Map(
              batch
                .filter((_, index) => index === 0)
                .map(({ contact }) => [contact, { reason: 'suppressed', detail: 'unsubscribed' }]),
            ),
    });
    expect(result).toMatchObject({ sent: 28, left_out: { suppressed: 2 } });
    expect(result.leftOut.map(({ contact }) => contact)).toEqual(['c10', 'c20']);
  });

  it('never writes to one address twice, even if it is listed twice', async () => {
    const transport = scripted(() => ({ state: 'sent' }));
    const twice = [...people(3), { ...people(1)[0]!, contact: 'other' }];
    expect(await run(twice, transport)).toMatchObject({ sent: 3, left_out: { same_person: 1 } });
  });

  it('sends nothing of a batch in which a message cannot be made', async () => {
    const transport = scripted(() => ({ state: 'sent' }));
    const failing = run(people(20), transport, {
      batchSize: 10,
      compose: async (recipient, token) => {
        if (recipient.contact === 'c15') throw new Error('N 15: no value');
        return compose(recipient, token);
      },
    });
    await expect(failing).rejects.toThrow('N 15');
    expect(transport.sent).toHaveLength(10);
    expect(await run(people(20), transport)).toMatchObject({ sent: 10, left_out: { already_sent: 10 } });
  });

  it('stops when the server fails one after the other, and goes on later', async () => {
    const down = scripted(() => ({ state: 'deferred', reply: 'connect ECONNREFUSED', server: true }));
    const result = await run(people(200), down);
    expect(result.stopped).toBe('connect ECONNREFUSED');
    expect(result.sent).toBe(0);
    expect(down.sent.length).toBeLessThan(15);
    expect(
      await run(
        people(200),
        scripted(() => ({ state: 'sent' })),
      ),
    ).toMatchObject({ sent: 200 });
  });

  it('finishes what is in flight when it is interrupted', async () => {
    const controller = new AbortController();
    const transport = scripted(async (_, count) => {
      if (count === 12) controller.abort();
      await new Promise((done) => setImmediate(done));
      return { state: 'sent' };
    });
    const result = await run(people(100), transport, { signal: controller.signal });
    expect(result.interrupted).toBe(true);
    expect(result).toMatchObject({ sent: transport.sent.length, unknown: 0, deferred: 0 });
    expect(result.sent).toBeLessThan(20);
    expect(
      await run(
        people(100),
        scripted(() => ({ state: 'sent' })),
      ),
    ).toMatchObject({ sent: 100 - result.sent });
  });

  it('waits for the pace before each message', async () => {
    let waits = 0;
    await run(
      people(7),
      scripted(() => ({ state: 'sent' })),
      {
        pace: {
          async take(waiting) {
            waits++;
            return waiting.shift();
          },
          left() {},
        },
      },
    );
    expect(waits).toBe(7);
  });

  it('lets nothing leave whose intent is not on disk', async () => {
    const transport = scripted(() => ({ state: 'sent' }));
    const journal = await SendJournal.open(place);
    const failing = {
      ledger: journal.ledger,
      intend: async () => Promise.reject(new Error('ENOSPC')),
      conclude: journal.conclude.bind(journal),
    };
    await journal.close();
    const input = {
      recipients: people(3),
      transport,
      messageId: messageIdOf,
      compose,
      recheck: async () => new Map(),
      newToken: () => 't',
      now: () => '',
    };
    await expect(deliver({ ...input, journal: failing })).rejects.toThrow('ENOSPC');
    expect(transport.sent).toEqual([]);
  });
});

it('stops when what became of a message cannot be written', async () => {
  const transport = scripted(async () => {
    await new Promise((done) => setImmediate(done));
    return { state: 'sent' };
  });
  const journal = await SendJournal.open(place);
  const failing = {
    ledger: journal.ledger,
    intend: journal.intend.bind(journal),
    conclude: async () => Promise.reject(new Error('ENOSPC')),
  };
  const input = {
    recipients: people(200),
    transport,
    messageId: messageIdOf,
    compose,
    recheck: async () => new Map(),
    newToken: () => 't',
    now: () => '',
  };
  await expect(deliver({ ...input, journal: failing })).rejects.toThrow('ENOSPC');
  await journal.close();
  expect(transport.sent.length).toBeLessThanOrEqual(10);
  // Those that left, and those about to, are in doubt; nobody gets a second copy.
  expect(
    await run(
      people(200),
      scripted(() => ({ state: 'sent' })),
    ),
  ).toMatchObject({ sent: 150, unknown: 50 });
});

describe('killed in the middle', () => {
  const count = 300;

  /** Delivers in a process of its own, so that it can be killed. */
  async function child(body: string): Promise<ChildProcess> {
    const source = `
      import { deliver } from './deliver.js';
      import { outboxTransport } from '../mail/outbox.js';
      import { smtpTransport } from '../mail/smtp.js';
      import { SendJournal } from '../workspace/journal.js';
      const place = ${JSON.stringify(place)};
      const people = (${people.toString()})(${count});
      const messageIdOf = ${messageIdOf.toString()};
      const compose = ${compose.toString()};
      const journal = await SendJournal.open(place);
      const transport = await (${body});
      let token = 0;
      await deliver({ journal, transport, recipients: people, messageId: messageIdOf, compose, recheck: async () => new Map(),
        newToken: () => 'k' + token++, now: () => new Date().toISOString() });
      await journal.close();`;
    const outfile = join(root, 'child.mjs');
    await build({
      stdin: { contents: source, resolveDir: resolve('src/actions'), loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      logLevel: 'error',
      banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
    });
    return spawn(process.execPath, [outfile], { stdio: ['ignore', 'ignore', 'inherit'] });
  }

  it('over SMTP: nobody twice, nobody lost, the ones in doubt named', async () => {
    const got = new Map<string, number>();
    let killAt = 120;
    let process_: ChildProcess | undefined;
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData(stream, session, done) {
        stream.resume();
        stream.on('end', () => {
          const { address } = session.envelope.rcptTo[0]!;
          got.set(address, (got.get(address) ?? 0) + 1);
          // The message is in, its sender dies before he hears so.
          if (--killAt === 0) process_?.kill('SIGKILL');
          if (killAt > 0 || process_ === undefined) done(null);
        });
      },
    });
    server.on('error', () => {});
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const { port } = server.server.address() as AddressInfo;

    process_ = await child(`smtpTransport({ host: '127.0.0.1', port: ${port}, secure: false })`);
    const [, signal] = await once(process_, 'exit');
    expect(signal).toBe('SIGKILL');
    process_ = undefined;

    const transport = await smtpTransport({ host: '127.0.0.1', port, secure: false });
    const result = await run(people(count), transport);
    await transport.close();
    await new Promise<void>((done) => server.close(() => done()));

    expect(Math.max(...got.values())).toBe(1);
    expect(result.unknown).toBeGreaterThan(0);
    expect(result.unknown).toBeLessThanOrEqual(50);
    expect(result.left_out.already_sent).toBeGreaterThan(0);
    // Whoever did not get it is among those in doubt.
    const doubtful = new Set(result.problems.map(({ recipient }) => recipient.canonical));
    for (const { canonical } of people(count))
      expect(got.has(canonical) || doubtful.has(canonical)).toBe(true);

    const again = await run(
      people(count),
      scripted(() => ({ state: 'sent' })),
    );
    expect(again).toMatchObject({ sent: 0, unknown: result.unknown });
  });

  it('into the outbox: it shows what was done, so nobody stays in doubt', async () => {
    const outbox = join(root, 'outbox');
    const killed = await child(`outboxTransport(${JSON.stringify(outbox)})`);
    const exit = once(killed, 'exit');
    const waiting = () => {
      try {
        return readdirSync(join(outbox, 'new')).length;
      } catch {
        return 0;
      }
    };
    while (waiting() < 130 && killed.exitCode === null) await new Promise((done) => setImmediate(done));
    killed.kill('SIGKILL');
    await exit;

    const result = await run(people(count), await outboxTransport(outbox));
    expect(waiting()).toBe(count);
    expect(result).toMatchObject({ unknown: 0, deferred: 0, rejected: 0, remaining: 0 });
    const recipients = readdirSync(join(outbox, 'new')).map(
      (name) => /^Delivered-To: (.*)\r$/m.exec(readFileSync(join(outbox, 'new', name), 'utf8'))?.[1],
    );
    expect(new Set(recipients).size).toBe(count);
  });

  it('into an outbox from which something was taken: what is not there stays in doubt', async () => {
    const outbox = join(root, 'outbox');
    const transport = await outboxTransport(outbox);
    await run(people(10), transport);
    const journal = join(place.folder, '2026-11-24-c1.jsonl');
    const lines = readFileSync(journal, 'utf8').trimEnd().split('\n');
    // As if killed before the last outcome was written; this machine's memory goes with it.
    rmSync(place.state, { recursive: true });
    const lost = JSON.parse(lines.pop()!) as { message_id: string };
    writeFileSync(journal, `${lines.join('\n')}\n`);
    for (const name of readdirSync(join(outbox, 'new'))) unlinkSync(join(outbox, 'new', name));
    const result = await run(people(10), transport);
    expect(result).toMatchObject({ sent: 0, unknown: 1, left_out: { already_sent: 9 } });
    expect(await transport.holds?.(lost.message_id)).toBe(false);
  });
});
