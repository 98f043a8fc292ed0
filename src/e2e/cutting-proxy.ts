import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

const cleanups: (() => void)[] = [];
afterAll(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

export interface CuttingProxy {
  port: number;
  /** Connections so far. */
  connections(): number;
}

/**
 * Passes on what goes to and comes from a port of this machine, and drops each connection after so many bytes from it.
 * @param limit bytes of the n-th connection, from 0
 */
export async function cuttingProxy(
  port: number,
  limit: (connection: number) => number,
): Promise<CuttingProxy> {
  let connections = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    let left = limit(connections++);
    const behind = createConnection(port, '127.0.0.1');
    const end = () => {
      client.destroy();
      behind.destroy();
      open.delete(client);
    };
    open.add(client);
    client.on('data', (piece) => behind.write(piece));
    behind.on('data', (piece) => {
      if (piece.length <= left) client.write(piece);
      // What was passed on arrives before the end.
      else client.end(piece.subarray(0, left), end);
      left = Math.max(0, left - piece.length);
    });
    for (const socket of [client, behind]) socket.on('close', end).on('error', end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}
