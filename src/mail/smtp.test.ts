import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { runSink, sink } from '../e2e/smtp-sink.js';
import { smtpPassword } from './secret.js';
import { smtpTransport } from './smtp.js';
import { outcomeOf } from './smtp-outcome.js';
import type { OutgoingMessage, Transport } from './transport.js';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function message(number = 1, to = `p${number}@example.it`): OutgoingMessage {
  const messageId = `<m${number}@example.org>`;
  const raw = Buffer.from(`Message-ID: ${messageId}\r\nSubject: s\r\n\r\n.dot first\r\nHello ${number}\r\n`);
  return { messageId, envelope: { from: 'bounces+t@example.org', to }, raw };
}

async function transportTo(port: number): Promise<Transport> {
  const transport = await smtpTransport({ host: '127.0.0.1', port, secure: false });
  cleanups.push(() => transport.close());
  return transport;
}

/** A server in this process that answers as told. */
async function peer(options: ConstructorParameters<typeof SMTPServer>[0]): Promise<number> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  cleanups.push(() => new Promise<void>((done) => server.close(() => done())));
  return (server.server.address() as AddressInfo).port;
}

/** A server that speaks one line at a time, for what a real one does only when it breaks. */
async function brokenPeer(answer: (line: string, inBody: boolean) => string | 'drop'): Promise<number> {
  const server = createServer((socket) => {
    let inBody = false;
    let rest = '';
    socket.on('error', () => {});
    socket.write('220 ready\r\n');
    socket.on('data', (chunk) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (inBody && line !== '.') continue;
        const said = answer(line, inBody);
        inBody = said.startsWith('354');
        if (said === 'drop') return void socket.destroy();
        socket.write(`${said}\r\n`);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

const polite = (line: string, inBody: boolean) =>
  inBody ? '250 queued' : line === 'DATA' ? '354 go' : '250 ok';

function reply(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

async function read(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

describe('a server of today', () => {
  it('takes the message as it is, from the envelope sender', async () => {
    const got: { from: string; to: string; text: string }[] = [];
    const port = await peer({
      onData(stream, session, done) {
        const { mailFrom, rcptTo } = session.envelope;
        void read(stream).then((text) => {
          got.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo[0]!.address, text });
          done(null, 'queued as 42');
        });
      },
    });
    const outcome = await (await transportTo(port)).send(message());
    expect(outcome).toMatchObject({ state: 'sent' });
    expect(outcome.reply).toContain('queued as 42');
    expect(got).toEqual([
      { from: 'bounces+t@example.org', to: 'p1@example.it', text: message().raw.toString() },
    ]);
  });

  it.each([
    ['sender', 450, 'deferred'],
    ['sender', 550, 'rejected'],
    ['recipient', 451, 'deferred'],
    ['recipient', 550, 'rejected'],
    ['body', 452, 'deferred'],
    ['body', 554, 'rejected'],
  ] as const)('a %s refused with %i: %s', async (where, code, state) => {
    const error = reply(code, 'not today');
    const port = await peer({
      onMailFrom: (_, __, done) => done(where === 'sender' ? error : null),
      onRcptTo: (_, __, done) => done(where === 'recipient' ? error : null),
      onData(stream, _, done) {
        void read(stream).then(() => done(where === 'body' ? error : null));
      },
    });
    const transport = await transportTo(port);
    const outcome = await transport.send(message());
    expect(outcome.state).toBe(state);
    expect(outcome.reply).toContain('not today');
    expect(outcome.server ?? false).toBe(where === 'sender');
  });

  it('sends hundreds over its connections, each once', async () => {
    const got: string[] = [];
    const port = await peer({
      onData(stream, session, done) {
        got.push(session.envelope.rcptTo[0]!.address);
        void read(stream).then(() => done(null));
      },
    });
    const transport = await transportTo(port);
    const outcomes = await Promise.all(
      Array.from({ length: 300 }, (_, index) => transport.send(message(index))),
    );
    expect(outcomes.every(({ state }) => state === 'sent')).toBe(true);
    expect(new Set(got).size).toBe(300);
    expect(got).toHaveLength(300);
  });

  it('an address SMTP cannot carry is rejected here', async () => {
    const port = await peer({});
    const outcome = await (await transportTo(port)).send(
      message(1, 'a@example.it>\r\nRCPT TO:<b@example.it'),
    );
    expect(outcome.state).toBe('rejected');
  });
});

describe('a connection that breaks', () => {
  it('nobody listens: deferred', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await (await transportTo(port)).send(message())).toMatchObject({
      state: 'deferred',
      server: true,
    });
  });

  it.each(['EHLO', 'MAIL', 'RCPT', 'DATA'])('at %s, before the body: deferred', async (command) => {
    const port = await brokenPeer((line, inBody) =>
      line.startsWith(command) ? 'drop' : polite(line, inBody),
    );
    expect(await (await transportTo(port)).send(message())).toMatchObject({
      state: 'deferred',
      server: true,
    });
  });

  it('after the final dot: unknown', async () => {
    const port = await brokenPeer((line, inBody) => (inBody ? 'drop' : polite(line, inBody)));
    const outcome = await (await transportTo(port)).send(message());
    expect(outcome.state).toBe('unknown');
    expect(outcome.server).toBeUndefined();
  });

  it('421 instead of an answer to the final dot: deferred', async () => {
    const port = await brokenPeer((line, inBody) => (inBody ? '421 closing' : polite(line, inBody)));
    expect(await (await transportTo(port)).send(message())).toMatchObject({
      state: 'deferred',
      server: true,
    });
  });

  it('a greeting that refuses: deferred', async () => {
    const server = createServer((socket) => socket.end('554 no service\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanups.push(() => server.close());
    const outcome = await (await transportTo((server.address() as AddressInfo).port)).send(message());
    expect(outcome).toMatchObject({ state: 'deferred', server: true });
  });

  it('on a connection that was used before: still by where it broke', async () => {
    let bodies = 0;
    const port = await brokenPeer((line, inBody) =>
      inBody && ++bodies === 3 ? 'drop' : polite(line, inBody),
    );
    const transport = await transportTo(port);
    const states: string[] = [];
    for (let number = 1; number <= 4; number++) states.push((await transport.send(message(number))).state);
    expect(states).toEqual(['sent', 'sent', 'unknown', 'sent']);
    expect(bodies).toBe(4);
  });
});

it('a lost connection is judged by the body alone, whatever code it carries', () => {
  const lost = { message: 'Connection closed', code: 'ECONNECTION', command: 'CONN' };
  expect(outcomeOf(lost, false).state).toBe('deferred');
  expect(outcomeOf(lost, true).state).toBe('unknown');
  expect(outcomeOf({ ...lost, code: 'ESOCKET', syscall: 'read' }, true).state).toBe('unknown');
  expect(outcomeOf({ ...lost, code: 'ETIMEDOUT' }, true).state).toBe('unknown');
  expect(outcomeOf({ ...lost, responseCode: 550 }, true).state).toBe('unknown');
  expect(
    outcomeOf({ message: 'bad password', code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, false),
  ).toEqual({
    state: 'deferred',
    reply: 'bad password',
    server: true,
  });
});

describe.skipIf(sink === undefined)(
  `smtp-sink${sink === undefined ? ' (skipped: no smtp-sink)' : ''}`,
  () => {
    it('takes every message once', async () => {
      const { port, mails } = await runSink();
      const transport = await transportTo(port);
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, (_, index) => transport.send(message(index))),
      );
      expect(outcomes.filter(({ state }) => state === 'sent')).toHaveLength(100);
      expect(mails()).toHaveLength(100);
      expect(mails()[0]).toContain('X-Mail-Args: <bounces+t@example.org>');
    });

    it('keeps the mail and drops the line: unknown', async () => {
      const { port, mails } = await runSink('-q', '.');
      expect((await (await transportTo(port)).send(message())).state).toBe('unknown');
      expect(mails()).toHaveLength(1);
    });

    it.each([
      [['-r', 'RCPT'], 'deferred'],
      [['-f', 'RCPT'], 'rejected'],
      [['-r', '.'], 'deferred'],
      [['-f', '.'], 'rejected'],
      [['-q', 'RCPT'], 'deferred'],
    ] as const)('%j: %s', async (options, state) => {
      const { port } = await runSink(...options);
      expect((await (await transportTo(port)).send(message())).state).toBe(state);
    });
  },
);

describe('the password', () => {
  const none = { PATH: process.env.PATH };
  it('comes from the environment, else from a command, with a shell only where one is needed', async () => {
    expect(await smtpPassword('echo other', { ...none, ITACA_SMTP_PASSWORD: 's3cret' })).toBe('s3cret');
    expect(await smtpPassword('echo s3cret', none)).toBe('s3cret');
    expect(await smtpPassword(['echo', '$HOME; x'], none)).toBe('$HOME; x');
    expect(await smtpPassword("printf '%s' 'a b' | tr a c", none)).toBe('c b');
    expect(await smtpPassword(undefined, none)).toBeUndefined();
  });

  it('a command that fails is named, and what it printed is not', async () => {
    const error = await smtpPassword(['sh', '-c', 'echo s3cret; exit 3'], none).catch(
      (cause: Error) => cause,
    );
    expect(error).toMatchObject({ code: 'refused', message: 'mail.smtp.password_command failed: sh (3)' });
    await expect(smtpPassword('true', none)).rejects.toThrow('printed nothing');
  });
});
