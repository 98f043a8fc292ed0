import type { Recipient } from '../../domain/campaigns/plan.js';
import { passOn } from '../../mail/outbox.js';
import type { Tools } from '../tools.js';
import type { FlushAccount } from './flush-account.js';
import { mailingObjection } from './gate.js';
import type { Origin } from './origins.js';
import { originOf, outboxFolder, readOutbox, receiverOf, staysWords, type Waiting } from './waiting.js';

/**
 * What there is to send; what stays is told of, and what left already is put aside.
 * @returns messages that leave as one: of one campaign, or one notice
 */
export async function groupsOf(account: FlushAccount, { workspace, dryRun }: Tools): Promise<Waiting[][]> {
  const groups = new Map<string, { objection: string | undefined; messages: Waiting[] }>();
  const { messages, strange } = await readOutbox(workspace);
  for (const path of strange) account.leaveStrange(path);
  for (const message of messages) {
    const { state, stays, origin, path } = message;
    if (state === 'sent') {
      if (!dryRun) await passOn(outboxFolder(workspace), path);
      continue;
    }
    account.done.waiting++;
    if (stays !== undefined || origin === undefined) {
      account.leave(message, stays ?? 'stranger', staysWords[stays ?? 'stranger']);
      continue;
    }
    const { step } = origin;
    const group = groups.get(step) ?? { objection: mailingObjection(origin, workspace), messages: [] };
    groups.set(step, group);
    if (group.objection === undefined) group.messages.push(message);
    else account.leave(message, 'held', group.objection);
  }
  return [...groups.values()].map((group) => group.messages).filter(({ length }) => length > 0);
}

/** Where messages that leave as one come from. */
export function originOfGroup([first]: readonly Waiting[]): Origin {
  return originOf(first as Waiting);
}

/** A message's receiver, as a delivery knows him. */
export function recipientOf(message: Waiting): Recipient {
  const { to: address, canonical } = message;
  const origin = originOf(message);
  return { contact: receiverOf(origin), ref: origin.ref, name: address, address, canonical, body: '*' };
}
