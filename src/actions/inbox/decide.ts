import { ItacaError } from '../../domain/error.js';
import type { BookedMessage } from '../../domain/inbox/book.js';
import type { Intent } from '../../domain/inbox/classification.js';
import type { InboxDraft } from '../../domain/inbox/ledger.js';
import { isoDate } from '../../domain/time/clock.js';
import { appendInbox, readInbox } from '../../workspace/inbox-ledger.js';
import type { Change } from '../../workspace/records.js';
import { cloneName } from '../clone-name.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { messageNamed } from './stored-message.js';

/** Writes what a person decided about messages, with the records that it makes. One commit. */
export async function writeDecisions(
  subject: string,
  decisions: readonly { source: string; draft: InboxDraft }[],
  changes: Change[],
  tools: Tools,
): Promise<void> {
  const { workspace, clock } = tools;
  const clone = await cloneName(workspace);
  const date = isoDate(clock.now(), clock.timeZone);
  await write(
    changes,
    {
      subject,
      kept: true,
      ledgers: async () => {
        const paths = new Set<string>();
        for (const source of new Set(decisions.map((one) => one.source))) {
          const drafts = decisions.filter((one) => one.source === source).map(({ draft }) => draft);
          paths.add((await appendInbox(workspace.root, drafts, { date, source, clone })).path);
        }
        return [...paths];
      },
    },
    tools,
  );
}

/**
 * Puts messages aside, with the reason: nothing follows from them.
 * @throws ItacaError `not_found`; `conflict` for one that was filed
 */
export async function dismissMessages(
  which: readonly string[],
  why: string,
  tools: Tools,
): Promise<BookedMessage[]> {
  const book = await readInbox(tools.workspace.root);
  const found = which.map((one) => messageNamed(book, one));
  for (const { received, state, decision } of found)
    if (state === 'filed')
      throw new ItacaError('conflict', `${received.message} is filed already: ${decision?.why ?? ''}`, {
        hint: 'what is on file stays on file; correct the records themselves',
      });
  const at = new Date(tools.clock.now()).toISOString();
  const decisions = found.map(({ received: { message, source } }) => ({
    source,
    draft: { event: 'dismissed' as const, at, message, by: tools.actor, why },
  }));
  await writeDecisions(`inbox dismiss: ${found.length}`, decisions, [], tools);
  return found;
}

/** Says what messages want, so that the next ones like them are understood. */
export async function teachInbox(
  which: readonly string[],
  intent: Intent,
  tools: Tools,
): Promise<BookedMessage[]> {
  const book = await readInbox(tools.workspace.root);
  const found = which.map((one) => messageNamed(book, one));
  const at = new Date(tools.clock.now()).toISOString();
  const decisions = found.map(({ received: { message, source } }) => ({
    source,
    draft: { event: 'taught' as const, at, message, by: tools.actor, intent },
  }));
  await writeDecisions(`inbox teach: ${found.length}`, decisions, [], tools);
  return found;
}
