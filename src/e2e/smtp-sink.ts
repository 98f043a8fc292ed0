import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect } from 'vitest';

/** Postfix's smtp-sink; undefined where it is not installed. */
export const sink = (() => {
  try {
    return execFileSync('sh', ['-c', 'command -v smtp-sink']).toString().trim();
  } catch {
    return undefined;
  }
})();

const cleanups: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/**
 * Runs smtp-sink until the tests of the file are done: on a free port of this machine alone, as nobody where this is
 * root, with a file for each mail.
 */
export async function runSink(...options: string[]): Promise<{ port: number; mails(): string[] }> {
  const place = mkdtempSync(join(tmpdir(), 'sink-'));
  chmodSync(place, 0o777);
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  const command = [sink as string, '-d', 'm.%s.', ...options, `127.0.0.1:${port}`, '100'];
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const [file = '', ...args] = process.getuid?.() === 0 ? [...asNobody, ...command] : command;
  const child = spawn(file, args, { cwd: place, stdio: 'ignore' });
  cleanups.push(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(place, { recursive: true });
  });
  for (;;) {
    const open = await new Promise<boolean>((done) => {
      const socket = createConnection(port, '127.0.0.1', () => {
        socket.destroy();
        done(true);
      });
      socket.on('error', () => done(false));
    });
    if (open) break;
    expect(child.exitCode).toBeNull();
    await wait(20);
  }
  return {
    port,
    mails: () =>
      readdirSync(place)
        .map((name) => readFileSync(join(place, name), 'utf8'))
        .filter((mail) => mail.includes('Message-ID')),
  };
}
