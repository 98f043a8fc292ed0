import { inviteText } from '../../domain/inbox/invite-text.js';
import { isoInstant } from '../../domain/time/clock.js';
import { readInbox } from '../../workspace/inbox-ledger.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { Attachment } from '../attach.js';
import { openIntentReader } from './intent-reader.js';
import { keepMessage } from './keep-message.js';
import { lessonsOf } from './lessons.js';
import { type PulledMessage, pulledOf } from './pulled.js';
import { messageNamed, storedMessage } from './stored-message.js';
import { whoWrote } from './who.js';
import { inboxWorld } from './world.js';

/** A message that came in, whole. */
export interface ShownMessage extends PulledMessage {
  to: string[];
  cc: string[];
  channel: string;
  /** Who may have written it, by reference. */
  candidates: string[];
  /** References of what it is filed in. */
  records: readonly string[];
  decided_by: string | null;
  decided_at: string | null;
  /** In the workspace. */
  path: string;
  files: Attachment[];
  /** All of its text, with what it quotes; where it has none, what the invitation in it says. */
  whole_text: string;
}

/** Reads a message that came in, with what is known of it now. */
export async function showMessage(which: string, workspace: Workspace): Promise<ShownMessage> {
  const book = await readInbox(workspace.root);
  const booked = messageNamed(book, which);
  const { received, decision, state } = booked;
  const read = await storedMessage(
    booked,
    openIntentReader(workspace.root, await lessonsOf(workspace.root, book)),
    workspace,
  );
  const { message, text, signature, intent } = read;
  const who = whoWrote(message, text, signature, await inboxWorld(workspace, []));
  const invites = message.calendars
    .map((calendar) => inviteText(calendar, workspace.clock.timeZone))
    .filter((invite) => invite !== '')
    .join('\n\n');
  const addresses = (list: typeof message.to) => list.map(({ address }) => address);
  return {
    ...pulledOf(read),
    kind: received.kind,
    received_at: received.received_at,
    place: received.place,
    source: received.source,
    intent: received.intent ?? (received.kind === 'person' ? (intent.intent ?? null) : null),
    confidence: received.confidence,
    why: decision?.why ?? received.why,
    state,
    to: addresses(message.to),
    cc: addresses(message.cc),
    channel: received.channel,
    contact: who.contact?.ref ?? null,
    case: who.case?.ref ?? who.answers?.data.case ?? null,
    campaign: who.sent?.campaign.ref ?? null,
    candidates: who.candidates.map(({ ref }) => ref),
    records: decision?.event === 'filed' ? decision.records : [],
    decided_by: decision ? (decision.by ?? 'itaca') : null,
    decided_at: decision ? isoInstant(Date.parse(decision.at), workspace.clock.timeZone) : null,
    path: received.path,
    files: keepMessage(workspace.root, read).files,
    whole_text: message.text.trim() === '' ? invites : message.text,
  };
}
