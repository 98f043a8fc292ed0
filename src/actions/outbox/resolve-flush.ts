import { join } from 'node:path';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { ItacaError } from '../../domain/error.js';
import { outcomesOf } from '../../domain/sending/decide.js';
import { passOn } from '../../mail/outbox.js';
import { nowIso } from '../new-record.js';
import { openJournal } from '../open-journal.js';
import { fileJournals } from '../run/send-notices.js';
import type { Tools } from '../tools.js';
import { type OutboxRow, rowOf } from './list-outbox.js';
import { flushesFolder, originOf, outboxFolder, readOutbox, type Waiting } from './waiting.js';

/**
 * Writes down what a person says became of messages in doubt. Nothing is sent by it: one that did not leave waits for
 * the next flush.
 * @param which Message-IDs, or addresses, of messages of the outbox
 * @throws ItacaError `not_found` for one that is not in doubt, and then nothing is written
 */
export async function resolveFlush(
  which: readonly string[],
  { sent, why, environment }: { sent: boolean; why?: string; environment: NodeJS.ProcessEnv },
  tools: Tools,
): Promise<OutboxRow[]> {
  const { workspace } = tools;
  const inDoubt = (await readOutbox(workspace)).messages.filter(({ state }) => state === 'unknown');
  const found = [...new Set(which.flatMap((one) => meant(one, inDoubt)))];
  if (tools.dryRun) return found.map((message) => rowOf(message));
  const journal = await openJournal(
    { folder: join(workspace.root, flushesFolder), campaignId: flushesFolder },
    environment,
    tools,
  );
  try {
    const decisions = found.map((message) => ({
      address: message.canonical,
      step: originOf(message).step,
      sent,
      by: tools.actor,
      ...(why === undefined ? {} : { why }),
    }));
    await journal.conclude(outcomesOf(journal.ledger, decisions, nowIso(tools)));
  } finally {
    await journal.close();
  }
  if (sent) for (const { path } of found) await passOn(outboxFolder(workspace), path);
  await fileJournals(flushesFolder, `outbox resolve: ${found.length}`, tools);
  return found.map((message) => rowOf(message));
}

function meant(which: string, inDoubt: readonly Waiting[]): Waiting[] {
  const address = canonicalEmail(which);
  const id = which.replace(/^<|>$/g, '');
  const found = inDoubt.filter(
    ({ messageId, canonical }) => messageId === `<${id}>` || canonical === address,
  );
  if (found.length > 0) return found;
  throw new ItacaError('not_found', `no message in doubt is "${which}"`, {
    hint: 'itaca outbox list shows them; name the address or the Message-ID',
  });
}
