import type { MessageState } from '../../domain/inbox/book.js';
import type { Intent, MailKind } from '../../domain/inbox/classification.js';
import { isoInstant } from '../../domain/time/clock.js';
import { readInbox } from '../../workspace/inbox-ledger.js';
import type { Workspace } from '../../workspace/workspace.js';
import { messageDeadlines } from './deadline.js';
import { headOf } from './head.js';

/** A message that came in, in the keys of `--json`. */
export interface InboxRow {
  id: string;
  received_at: string;
  source: string;
  channel: string;
  from: string | null;
  subject: string;
  kind: MailKind;
  intent: Intent | null;
  state: MessageState;
  /** When it should be dealt with, ISO 8601 with the offset of the zone; null where it is, or its channel names no target. */
  due: string | null;
  overdue: boolean;
  /** Who has to deal with it while it waits. */
  owner: string | null;
  office: string | null;
  by: string | null;
  why: string;
  /** References of what it is filed in. */
  records: readonly string[];
  path: string;
  message_id: string | null;
}

/** Those that wait, or those of a state, the longest waiting first. */
export async function listInbox(
  workspace: Workspace,
  { state, source }: { state: MessageState | 'all'; source?: string | undefined },
): Promise<InboxRow[]> {
  const book = await readInbox(workspace.root);
  const { dueOf, ownerOf } = await messageDeadlines(workspace);
  const wanted = [...book.messages()]
    .filter((one) => state === 'all' || one.state === state)
    .filter(({ received }) => source === undefined || received.source === source)
    .sort(
      ({ received: a }, { received: b }) =>
        Date.parse(a.received_at) - Date.parse(b.received_at) || (a.message < b.message ? -1 : 1),
    );
  return wanted.map(({ received, state: now, decision, taught }) => {
    const due = now === 'waiting' ? dueOf(received) : undefined;
    const { from, subject } = headOf(workspace.root, received.path, received.place);
    return {
      id: received.message,
      received_at: received.received_at,
      source: received.source,
      channel: received.channel,
      from,
      subject,
      kind: received.kind,
      intent:
        taught?.intent ??
        (decision?.event === 'filed' ? decision.intent : undefined) ??
        received.intent ??
        null,
      state: now,
      due: due === undefined ? null : isoInstant(due, workspace.clock.timeZone),
      overdue: due !== undefined && due < workspace.clock.now(),
      ...ownerOf(received),
      by: decision?.by ?? null,
      why: decision?.why ?? received.why,
      records: decision?.event === 'filed' ? decision.records : [],
      path: received.path,
      message_id: received.message_id ?? null,
    };
  });
}
