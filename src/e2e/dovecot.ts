import { afterAll } from 'vitest';
import { type Dovecot, type DovecotOptions, startDovecot } from './dovecot-server.js';

export { type Account, type Dovecot, dovecot, freePort } from './dovecot-server.js';

const servers: Dovecot[] = [];
afterAll(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

/** Runs Dovecot until the tests of the file are done. */
export async function runDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const server = await startDovecot(options);
  servers.push(server);
  return server;
}
