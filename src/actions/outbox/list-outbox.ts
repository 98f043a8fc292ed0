import type { Workspace } from '../../workspace/workspace.js';
import { readOutbox, staysWords, type Waiting } from './waiting.js';

/** A message in the outbox, in the keys of `--json`. */
export interface OutboxRow {
  to: string;
  subject: string;
  /** Title of the campaign, or what kind of notice `run` wrote; null where nobody knows. */
  from: string | null;
  /** Reference of the campaign. */
  campaign: string | null;
  since: string | null;
  /** `left` where a flush does not send it. */
  state: 'waiting' | 'deferred' | 'rejected' | 'unknown' | 'left';
  why: string | null;
  message_id: string | null;
  path: string;
}

/** What waits in the outbox, the longest first; files that are no messages of ours come last. */
export async function listOutbox(workspace: Workspace): Promise<OutboxRow[]> {
  const { messages, strange } = await readOutbox(workspace);
  return [
    ...messages.filter(({ state }) => state !== 'sent').map((one) => rowOf(one)),
    ...strange.map(strangeRow),
  ];
}

/** A file of the outbox that is no message of ours. @param path relative to the outbox */
export function strangeRow(path: string): OutboxRow {
  return {
    to: '',
    subject: '',
    from: null,
    campaign: null,
    since: null,
    state: 'left',
    why: 'no message that Itaca wrote',
    message_id: null,
    path: `outbox/${path}`,
  };
}

/** @param why it is left, where this command found that out */
export function rowOf(message: Waiting, why?: string): OutboxRow {
  const { to, subject, since, origin, state, stays, reply, messageId, path } = message;
  const left = why ?? (stays && staysWords[stays]);
  return {
    to,
    subject,
    from: origin?.campaign?.data.title ?? origin?.notice ?? null,
    campaign: origin?.campaign?.ref ?? null,
    since,
    state: left !== undefined ? 'left' : state === 'sent' ? 'waiting' : state,
    why: left ?? reply ?? null,
    message_id: messageId,
    path: `outbox/${path}`,
  };
}
