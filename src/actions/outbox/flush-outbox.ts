import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { claimsOf } from '../campaign/claims.js';
import { rightToSend } from '../campaign/right-to-send.js';
import { openJournal } from '../open-journal.js';
import { fileJournals } from '../run/send-notices.js';
import { giveBack } from '../run/team-lease.js';
import type { Tools } from '../tools.js';
import { deliverGroups, type FlushOptions } from './deliver-groups.js';
import { FlushAccount, type Flushed } from './flush-account.js';
import { gateOf } from './gate.js';
import { groupsOf, originOfGroup, recipientOf } from './groups.js';
import { flushesFolder, originOf, receiverOf, type Waiting } from './waiting.js';

/** So many messages and more are asked about. */
const askFrom = 3;

/**
 * Sends on by SMTP what waits in the outbox, each message at most once: an intent is on disk before it leaves, and what
 * has no outcome then is in doubt and never sent again by itself. Who must not be written to any more stays out. In a
 * team with a remote it sends only under the team's lease.
 * @throws ItacaError `invalid` where no mail server is named; `locked` where another process or clone sends
 */
export async function flushOutbox(options: FlushOptions, tools: Tools): Promise<Flushed> {
  const { smtp } = tools.workspace.config.mail ?? {};
  if (!smtp) {
    throw new ItacaError('invalid', 'itaca.yaml names no mail server to send to', {
      path: 'itaca.yaml',
      hint: 'set mail.smtp: {host, user, password_command}',
    });
  }
  const account = new FlushAccount();
  const groups = await groupsOf(account, tools);
  const count = groups.flat().length;
  if (tools.dryRun) for (const group of groups) await tryGroup(group, account, tools);
  else if (count > 0) {
    if (count >= askFrom) await tools.confirm(`Send ${count} messages by ${smtp.host}?`);
    await sendGroups(groups, account, options, tools);
  }
  return account.done;
}

/** What a flush would do with messages, by the journal and the gate as they stand. */
async function tryGroup(messages: readonly Waiting[], account: FlushAccount, tools: Tools): Promise<void> {
  const recipients = messages.map(recipientOf);
  const out = await gateOf(tools.workspace, originOfGroup(messages), recipients)(recipients);
  for (const message of messages) {
    const objection = out.get(receiverOf(originOf(message)));
    const isOver = message.state === 'unknown' || message.state === 'rejected';
    if (objection && !isOver) account.leave(message, objection.reason, objection.detail);
    else account.keep(message);
  }
}

/** Sends under the machine's lock and, in a team, its lease; the journal is committed whatever comes. */
async function sendGroups(
  groups: readonly Waiting[][],
  account: FlushAccount,
  options: FlushOptions,
  tools: Tools,
): Promise<void> {
  const { workspace } = tools;
  const { done } = account;
  // What a flush that was killed has sent must be on record before anybody else may send.
  await fileJournals(flushesFolder, 'outbox flush: what an earlier one sent', tools);
  const right = { what: 'outbox flush', way: 'smtp' };
  const { team } = await rightToSend(right, options, tools);
  let sent = false;
  try {
    const place = { folder: join(workspace.root, flushesFolder), campaignId: flushesFolder };
    const journal = await openJournal(place, options.environment, tools);
    try {
      sent = true;
      await deliverGroups(groups, await claimsOf(journal, place, team, tools), account, options, tools);
    } finally {
      await journal.close();
      await fileJournals(flushesFolder, `outbox flush: ${done.sent} sent`, tools);
    }
  } finally {
    const failure = team && (await giveBack(team, { wrote: true, sent }, tools));
    if (failure) done.unpublished = failure.message;
  }
}
