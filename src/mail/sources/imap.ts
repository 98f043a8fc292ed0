import { ItacaError } from '../../domain/error.js';
import { Growing } from './growing.js';
import { afterwards } from './imap-after.js';
import { type ImapAccess, ImapConnection } from './imap-connection.js';
import { type Batch, fetchMessages, fetchRest, rangeOf } from './imap-fetch.js';
import type { Arrival, PullOptions, Source, Tell } from './source.js';
import { refuseTooLarge } from './too-large.js';

/** So many messages are asked for at once. */
const batchSize = 200;
/** Messages of a mailbox that are not known yet. */
interface Listing {
  mailbox: string;
  uidValidity: bigint;
  uids: number[];
}

/** The mailbox was numbered anew while it was read. */
class Renumbered extends ItacaError {
  constructor(mailbox: string) {
    super('conflict', `${mailbox} was numbered anew meanwhile`, { hint: 'pull again' });
  }
}

/**
 * Mailboxes on a server. They are opened to be read alone (EXAMINE), and messages fetched without marking them (PEEK);
 * only `done` writes, where `after` says so. The next batch comes while the last one is worked on.
 */
export function imapSource(access: ImapAccess, tell: Tell): Source {
  const { source: label, settings } = access;
  const connection = new ImapConnection(access);
  const mailboxes = settings.mailbox ?? ['INBOX'];
  return {
    label,
    async *arrivals(isKnown, options = {}) {
      for (const mailbox of mailboxes) {
        // A mailbox that is made anew again and again is left for the next pull.
        for (let attempt = 1; ; attempt++)
          try {
            yield* arrivalsOf(mailbox, connection, { isKnown, options, tell, label });
            break;
          } catch (error) {
            if (!(error instanceof Renumbered)) throw error;
            tell({ message: `${label}: ${error.message}` });
            if (attempt === 3) break;
          }
      }
    },
    async *places() {
      for (const mailbox of mailboxes) {
        const { uidValidity, uids } = await listed(connection, mailbox);
        for (const uid of uids) yield placeOf(mailbox, uidValidity, uid);
      }
    },
    done: (places) => afterwards(connection, settings.after ?? 'keep', places, { label, tell }),
    close: () => connection.close(),
  };
}

function placeOf(mailbox: string, uidValidity: bigint, uid: number): string {
  return `${mailbox}/${uidValidity}/${uid}`;
}

async function listed(connection: ImapConnection, mailbox: string): Promise<Listing> {
  return connection.in(mailbox, async (client, { uidValidity }) => {
    const uids = await client.search({ all: true }, { uid: true });
    if (!uids) throw new ItacaError('refused', `the server does not list the messages of ${mailbox}`);
    return { mailbox, uidValidity, uids: uids.sort((a, b) => a - b) };
  });
}

interface Pull {
  isKnown(place: string): boolean;
  options: PullOptions;
  tell: Tell;
  label: string;
}

async function* arrivalsOf(mailbox: string, connection: ImapConnection, pull: Pull): AsyncGenerator<Arrival> {
  const { isKnown, options } = pull;
  const all = await listed(connection, mailbox);
  const place = (uid: number) => placeOf(mailbox, all.uidValidity, uid);
  const unknown = all.uids.filter((uid) => !isKnown(place(uid)));
  // Only where nothing is known are headers worth asking for: after the mailbox was numbered anew.
  const isNew = unknown.length === all.uids.length;
  const batch = async (start: number): Promise<Arrival[]> => {
    let uids = unknown.slice(start, start + batchSize);
    if (isNew && options.isHad) uids = await notHad(connection, { ...all, uids }, options.isHad);
    return fetched(connection, { ...all, uids }, pull);
  };
  let next = batch(0);
  try {
    for (let start = 0; start < unknown.length; start += batchSize) {
      const arrivals = await next;
      if (start + batchSize < unknown.length) next = batch(start + batchSize);
      // Whoever leaves meanwhile does not hear how it ended.
      next.catch(() => {});
      for (const arrival of arrivals) yield arrival;
    }
  } finally {
    next.catch(() => {});
  }
}

/** The UIDs of those that are not on file, by Message-ID and size. */
async function notHad(
  connection: ImapConnection,
  { mailbox, uidValidity, uids }: Listing,
  isHad: NonNullable<PullOptions['isHad']>,
): Promise<number[]> {
  const had = new Set<number>();
  await connection.in(mailbox, async (client, open) => {
    if (open.uidValidity !== uidValidity) throw new Renumbered(mailbox);
    const query = { uid: true, size: true, envelope: true };
    for await (const { uid, size, envelope } of client.fetch(rangeOf(uids), query, { uid: true })) {
      const { messageId } = envelope ?? {};
      if (!messageId || size === undefined || had.has(uid)) continue;
      if (isHad(placeOf(mailbox, uidValidity, uid), messageId, size)) had.add(uid);
    }
  });
  return uids.filter((uid) => !had.has(uid));
}

async function fetched(
  connection: ImapConnection,
  { mailbox, uidValidity, uids }: Listing,
  { tell, label }: Pull,
): Promise<Arrival[]> {
  const batch: Batch = { uids, had: new Map(), failed: new Map(), breaks: new Map() };
  const { had, failed } = batch;
  await connection.in(mailbox, async (client, open, progressed) => {
    if (open.uidValidity !== uidValidity) throw new Renumbered(mailbox);
    await fetchMessages(client, batch, progressed);
  });
  return uids.flatMap((uid): Arrival[] => {
    const found = had.get(uid);
    const [place, file] = [placeOf(mailbox, uidValidity, uid), `${label}:${mailbox}/${uid}`];
    had.delete(uid);
    if (!found) {
      const said = failed.get(uid);
      tell({
        place,
        message:
          said === undefined
            ? `${file} vanished before it was fetched`
            : `${file} was not handed out: ${said}; it waits for the next pull`,
      });
      return [];
    }
    const { size, receivedAt, beginning, isWhole } = found;
    return [
      {
        place,
        file,
        ...(receivedAt === undefined ? {} : { receivedAt }),
        size,
        isMail: true,
        read: async () =>
          isWhole ? beginning : whole(connection, { mailbox, uidValidity, uid, size, file, beginning }),
      },
    ];
  });
}

/** A large message, fetched now. */
async function whole(
  connection: ImapConnection,
  message: {
    mailbox: string;
    uidValidity: bigint;
    uid: number;
    size: number;
    file: string;
    beginning: Buffer;
  },
): Promise<Buffer | undefined> {
  const { mailbox, uidValidity, uid, size, file, beginning } = message;
  refuseTooLarge(file, size);
  const had = new Growing(size);
  had.append(beginning);
  const isThere = await connection.in(mailbox, async (client, open, progressed) => {
    if (open.uidValidity !== uidValidity) return false;
    return fetchRest(client, { uid, size }, had, (bytes) => {
      // What the server announced was too little.
      refuseTooLarge(file, bytes);
      progressed();
    });
  });
  return isThere ? had.all() : undefined;
}
