import { ItacaError } from '../../domain/error.js';
import type { ImapConnection } from './imap-connection.js';
import { rangeOf } from './imap-fetch.js';
import type { Tell } from './source.js';

/**
 * Marks or moves messages that are on file, as the settings say: the only thing that is ever written to a server.
 * @param after keep, seen or move:Folder
 * @throws ItacaError `refused` where the server does not
 */
export async function afterwards(
  connection: ImapConnection,
  after: string,
  places: readonly string[],
  { label, tell }: { label: string; tell: Tell },
): Promise<void> {
  if (after === 'keep') return;
  const folder = /^move:(.*)/.exec(after)?.[1];
  for (const [mailbox, uids] of byMailbox(places)) {
    const path = mailbox.slice(0, mailbox.lastIndexOf('/'));
    await connection.in(
      path,
      async (client, { uidValidity }) => {
        // Other messages may have these numbers now.
        if (mailbox !== `${path}/${uidValidity}`) {
          tell({ message: `${label}: ${path} was numbered anew meanwhile; its messages stay as they are` });
          return;
        }
        const range = rangeOf(uids);
        if (folder === undefined) {
          await client.messageFlagsAdd(range, ['\\Seen'], { uid: true });
          return;
        }
        // Without these, others' messages that are marked for deletion would go as well.
        if (!client.capabilities.has('MOVE') && !client.capabilities.has('UIDPLUS'))
          throw new ItacaError('refused', `${label}: the server cannot move messages`, {
            hint: 'use after: seen',
          });
        if (!(await client.messageMove(range, folder, { uid: true })))
          throw new ItacaError('refused', `${label}: the server does not move messages to ${folder}`, {
            hint: `make the mailbox ${folder} on the server`,
          });
      },
      'write',
    );
  }
}

/** UIDs in order by `mailbox/UIDVALIDITY`. */
function byMailbox(places: readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const place of places) {
    const cut = place.lastIndexOf('/');
    const uids = groups.get(place.slice(0, cut)) ?? [];
    groups.set(place.slice(0, cut), uids);
    uids.push(Number(place.slice(cut + 1)));
  }
  for (const uids of groups.values()) uids.sort((a, b) => a - b);
  return groups;
}
