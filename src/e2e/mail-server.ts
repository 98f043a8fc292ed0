import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach } from 'vitest';

const servers: SMTPServer[] = [];
const closed = (server: SMTPServer) => new Promise<void>((done) => server.close(() => done()));
afterEach(async () => {
  for (const server of servers.splice(0)) await closed(server);
});

interface Mail {
  to: string;
  from: string;
  text: string;
}

/** A mail server in this process, on a free port of this machine alone. */
export async function mailServer(refuse: (to: string) => Error | undefined = () => undefined) {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => done(refuse(address) ?? null),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        for (const { address } of session.envelope.rcptTo)
          mails.push({ to: address, from, text: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  servers.push(server);
  const close = () => {
    servers.splice(servers.indexOf(server), 1);
    return closed(server);
  };
  return { mails, port: (server.server.address() as AddressInfo).port, close };
}
