import { join } from 'node:path';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { idOfRef } from '../../domain/records/ids.js';
import { isoInstant } from '../../domain/time/clock.js';
import { waitingMessages } from '../../mail/outbox.js';
import { readHeader } from '../../mail/read-header.js';
import { readJournals } from '../../workspace/journal.js';
import type { Workspace } from '../../workspace/workspace.js';
import { type Origin, originsOf } from './origins.js';

/** The folder of the journals of what `outbox flush` sent on, in the workspace. */
export const flushesFolder = 'flushes';

/**
 * Why a message stays in the outbox whatever comes.
 * - `test`: of `campaign test`, made to be looked at.
 * - `stranger`: no journal says that it was written here, so nobody knows what may forbid it.
 * - `thrown_away`: by a mail program that showed the outbox.
 */
type Stays = 'test' | 'stranger' | 'thrown_away';

/** A message in the outbox. */
export interface Waiting {
  /** File, relative to the outbox. */
  path: string;
  messageId: string;
  /** The envelope's. */
  to: string;
  canonical: string;
  subject: string;
  /** ISO 8601; when it was put there. */
  since: string | null;
  origin: Origin | undefined;
  /** `sent` where it left and only its file was not moved yet. */
  state: 'waiting' | 'sent' | 'deferred' | 'rejected' | 'unknown';
  /** What the server said last. */
  reply: string | undefined;
  stays: Stays | undefined;
}

/** What an outbox holds. */
export interface OutboxContent {
  messages: Waiting[];
  /** Files that are no messages of ours, relative to the outbox. */
  strange: string[];
}

/** The outbox of a workspace. */
export function outboxFolder({ root }: Pick<Workspace, 'root'>): string {
  return join(root, 'outbox');
}

/**
 * Reads what waits in the outbox, the longest first, with what the journals know of each message.
 * @throws ItacaError `invalid` with path and line where a journal cannot be read
 */
export async function readOutbox(workspace: Workspace): Promise<OutboxContent> {
  const content: OutboxContent = { messages: [], strange: [] };
  const { ledger } = await readJournals(join(workspace.root, flushesFolder));
  let origins: Map<string, Origin> | undefined;
  for await (const message of waitingMessages(outboxFolder(workspace), (path) =>
    content.strange.push(path),
  )) {
    origins ??= await originsOf(workspace);
    const { messageId, envelope, raw, path, flags } = message;
    const canonical = canonicalEmail(envelope.to) ?? envelope.to;
    const origin = origins.get(messageId);
    const known = origin && ledger.get(canonical, origin.step);
    const written = Date.parse(readHeader(raw, 'Date') ?? '');
    content.messages.push({
      path,
      messageId,
      to: envelope.to,
      canonical,
      subject: readHeader(raw, 'Subject') ?? '',
      since: origin?.at ?? (Number.isNaN(written) ? null : isoInstant(written, workspace.clock.timeZone)),
      origin,
      state: known?.state ?? 'waiting',
      reply: known && (known.outcome?.reply ?? 'it was about to leave when the flush was cut off'),
      stays: staysBecause(messageId, canonical, origin, flags),
    });
  }
  content.messages.sort((a, b) => sinceOf(a) - sinceOf(b) || (a.messageId < b.messageId ? -1 : 1));
  return content;
}

const sinceOf = ({ since }: Waiting) => (since === null ? 0 : Date.parse(since));

function staysBecause(
  messageId: string,
  canonical: string,
  origin: Origin | undefined,
  flags: string,
): Stays | undefined {
  if (messageId.startsWith('<test-')) return 'test';
  // Somebody else's address on a message of ours is no message of ours.
  if (origin === undefined || origin.address !== canonical) return 'stranger';
  return flags.includes('T') ? 'thrown_away' : undefined;
}

/** Why it stays, for people. */
export const staysWords: Record<Stays, string> = {
  test: 'a test of a campaign, to be looked at here',
  stranger: 'no journal of this workspace knows it',
  thrown_away: 'thrown away in a mail program',
};

/** Of a message that does not stay. */
export function originOf({ origin }: Waiting): Origin {
  if (!origin) throw new Error('a message without origin stays');
  return origin;
}

/** The contact, or the member, a message goes to. */
export function receiverOf({ ref }: Origin): string {
  return idOfRef(ref) ?? ref;
}
