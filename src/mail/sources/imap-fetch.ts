import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { Growing } from './growing.js';
import { type ImapFailure, isAnswer } from './imap-words.js';

/** A message of a server, or its beginning. */
export interface Fetched {
  /** As the server says, in bytes. */
  size: number;
  receivedAt: number | undefined;
  beginning: Buffer;
  /** Whether the beginning is all of it. */
  isWhole: boolean;
}

/** So much of each message comes at once: most are shorter; of the rest no more is held until they are read. */
const pieceBytes = 128 * 1024;
/** A large one comes in pieces of this size. */
const largePieceBytes = 1024 * 1024;

/** `1:3,7` for the UIDs 1, 2, 3 and 7, which come in order. */
export function rangeOf(uids: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const uid of uids) {
    const last = ranges.at(-1);
    if (last && uid === last[1] + 1) last[1] = uid;
    else ranges.push([uid, uid]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}:${to}`)).join(',');
}

/** Where the connection breaks at more messages of a batch, it is the server that is broken. */
const mostFailed = 10;

/** Messages that are fetched together, and how far it got. */
export interface Batch {
  /** In order. */
  uids: readonly number[];
  had: Map<number, Fetched>;
  /** What the server said instead of handing one out, by UID. */
  failed: Map<number, string>;
  /** How many were had when it was tried last. */
  hadBefore?: number;
  /** How often the connection broke when one was asked for alone, by UID. */
  breaks: Map<number, number>;
}

/**
 * Fetches messages, without marking them as read, until all are had; those that the server does not know any more are
 * left out. Called again after the connection broke, it fetches what is missing; where it did not get on, one by one,
 * so that a message at which the server breaks down does not keep the others from coming.
 */
export async function fetchMessages(client: ImapFlow, batch: Batch, progressed: () => void): Promise<void> {
  const { uids, had, failed, breaks, hadBefore } = batch;
  const missing = uids.filter((uid) => !had.has(uid) && !failed.has(uid));
  batch.hadBefore = had.size;
  if (hadBefore !== had.size) {
    try {
      return await fetchOnce(client, missing, had, progressed);
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
  for (const uid of missing.filter((one) => !had.has(one))) {
    const broken = breaks.get(uid) ?? 0;
    if (broken > 1) {
      failed.set(uid, 'the connection breaks at it');
      if (failed.size <= mostFailed) progressed();
      continue;
    }
    breaks.set(uid, broken + 1);
    try {
      await fetchOnce(client, [uid], had, progressed);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      failed.set(uid, error.responseText ?? error.message);
    }
    breaks.delete(uid);
  }
}

/** Whether the server said no to what it was asked for. */
function isRefusal(error: unknown): error is ImapFailure {
  return isAnswer(error) && error.responseStatus !== undefined;
}

async function fetchOnce(
  client: ImapFlow,
  uids: readonly number[],
  had: Map<number, Fetched>,
  progressed: () => void,
): Promise<void> {
  if (uids.length === 0) return;
  const query = { uid: true, size: true, internalDate: true, source: { start: 0, maxLength: pieceBytes } };
  const wanted = new Set(uids);
  for await (const { uid, source, size, internalDate } of client.fetch(rangeOf(uids), query, { uid: true })) {
    // A server also tells of flags that others change meanwhile; and of a message that has gone, it may say that it is empty.
    if (!source?.length || !wanted.has(uid)) continue;
    // More than was asked for comes from a server that knows no parts.
    const isWhole = source.length !== pieceBytes;
    had.set(uid, {
      size: isWhole ? source.length : Math.max(size ?? 0, source.length),
      receivedAt: timeOf(internalDate),
      beginning: source,
      isWhole,
    });
    progressed();
  }
}

function timeOf(date: FetchMessageObject['internalDate']): number | undefined {
  const time = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isNaN(time) ? undefined : time;
}

/**
 * The rest of a large message, on the end of what is had.
 * @param size as the server announced it: a guess
 * @param had from the beginning; filled, so that a broken connection costs one piece
 * @param progressed told the bytes that are had
 * @returns whether the message is there still
 */
export async function fetchRest(
  client: ImapFlow,
  { uid, size }: { uid: number; size: number },
  had: Growing,
  progressed: (bytes: number) => void,
): Promise<boolean> {
  const piece = async (start: number, maxLength: number): Promise<Buffer> => {
    const query = { uid: true, source: { start, maxLength } };
    const found = await client.fetchOne(`${uid}`, query, { uid: true });
    return (found ? found.source : undefined) ?? Buffer.alloc(0);
  };
  for (;;) {
    progressed(had.length);
    const next = await piece(had.length, largePieceBytes);
    had.append(next);
    if (next.length === largePieceBytes) continue;
    if (had.length === size) return true;
    // The server announced another size; or the message has gone, of which it may say that it has no more: then it
    // does not have its last byte either.
    return (await piece(had.length - 1, 2)).length === 1;
  }
}
