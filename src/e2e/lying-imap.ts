import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';

const cleanups: (() => void)[] = [];
afterAll(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/**
 * As much of an IMAP server as it takes to hand out messages, with sizes that are not theirs.
 * @param messages of the only mailbox, with what it says of their size; UIDs from 1
 */
export async function lyingImap(messages: readonly { text: string; size: number }[]): Promise<number> {
  const server = createServer((socket) => {
    const say = (...lines: string[]) => socket.write(lines.map((line) => `${line}\r\n`).join(''));
    say('* OK [CAPABILITY IMAP4rev1] ready');
    socket.on('error', () => {});
    createInterface(socket).on('line', (line) => {
      const [tag = '', ...words] = line.split(' ');
      const command = words.join(' ').toUpperCase();
      if (command.startsWith('EXAMINE'))
        say(
          `* ${messages.length} EXISTS`,
          '* OK [UIDVALIDITY 7] .',
          `* OK [UIDNEXT ${messages.length + 1}] .`,
        );
      if (command.startsWith('LIST')) say('* LIST () "/" INBOX');
      if (command.startsWith('UID SEARCH')) say(`* SEARCH ${messages.map((_, at) => at + 1).join(' ')}`);
      const fetch = /^UID FETCH (\d+)(?::(\d+))? .*BODY\.PEEK\[\]<(\d+)\.(\d+)>/.exec(command);
      if (fetch) {
        const [first, last, start, length] = fetch.slice(1).map((one, at) => Number(one ?? fetch[at]));
        for (let uid = first!; uid <= last!; uid++) {
          const { text, size } = messages[uid - 1]!;
          const part = text.slice(start, start! + length!);
          say(`* ${uid} FETCH (UID ${uid} RFC822.SIZE ${size} BODY[]<${start}> {${part.length}}`, `${part})`);
        }
      }
      say(`${tag} OK [READ-ONLY] done`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => server.close());
  return (server.address() as AddressInfo).port;
}
