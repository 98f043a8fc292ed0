import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { passOn, readWaiting } from '../../mail/outbox.js';
import type { OutgoingMessage, Transport } from '../../mail/transport.js';
import { readJournals, type SendJournal } from '../../workspace/journal.js';
import type { Claims } from '../campaign/claims.js';
import type { RightOptions } from '../campaign/right-to-send.js';
import { paceWith } from '../campaign/throttle.js';
import { PauseWatch } from '../campaign/watch-pause.js';
import { type DeliverInput, deliver } from '../deliver.js';
import { nowIso } from '../new-record.js';
import { openMail } from '../open-mail.js';
import { watched } from '../run/send-notices.js';
import type { Tools } from '../tools.js';
import type { FlushAccount } from './flush-account.js';
import { gateOf, stateOf } from './gate.js';
import { originOfGroup, recipientOf } from './groups.js';
import { flushesFolder, outboxFolder, type Waiting } from './waiting.js';

export interface FlushOptions extends RightOptions {
  /** Aborted by Ctrl-C: what is in flight is finished, nothing else begins. */
  signal: AbortSignal;
  progress(done: number, total: number): void;
}

/**
 * Sends groups of messages, each message at most once. A server that fails several times in a row ends it: the rest
 * waits.
 * @throws ItacaError as `openMail` and `deliver`; the journal tells what happened until then
 */
export async function deliverGroups(
  groups: readonly Waiting[][],
  claims: Claims,
  account: FlushAccount,
  options: FlushOptions,
  tools: Tools,
): Promise<void> {
  const { root, config } = tools.workspace;
  const mail = { ...config.mail, transport: 'smtp' as const };
  const opened = await openMail({ root, config: { ...config, mail } }, options.environment);
  const { transport, down } = watched(opened);
  const pace = paceWith(config.mail?.throttle, async () => {});
  // With the lease came what the team sent on meanwhile; the same message lies here, too, where the folder was copied.
  const { ledger } = await readJournals(join(root, flushesFolder));
  const total = groups.flat().length;
  let begun = 0;
  try {
    for (const messages of groups) {
      const stopped = options.signal.aborted ? 'the flush was stopped before this message left' : down();
      if (stopped === undefined) {
        await deliverGroup(
          messages,
          { ...claims, ledger, transport, ...(pace ? { pace } : {}) },
          account,
          tools,
          {
            ...options,
            progress: (done) => options.progress(begun + done, total),
          },
        );
      } else for (const message of messages) account.keep(message, stopped);
      begun += messages.length;
    }
  } finally {
    await transport.close();
  }
}

async function deliverGroup(
  messages: readonly Waiting[],
  by: Pick<DeliverInput, 'pace'> &
    Claims & {
      ledger: SendJournal['ledger'];
      transport: Transport;
    },
  account: FlushAccount,
  tools: Tools,
  { signal, progress }: FlushOptions,
): Promise<void> {
  const { workspace } = tools;
  const { journal, ledger, ...how } = by;
  const origin = originOfGroup(messages);
  const recipients = messages.map(recipientOf);
  const gate = gateOf(workspace, origin, recipients);
  const state = stateOf(origin, workspace);
  const watch = state && new PauseWatch(state);
  const byAddress = new Map(messages.map((message) => [message.canonical, message]));
  const isSent = ({ canonical }: Waiting) =>
    [ledger, journal.ledger].some((one) => one.get(canonical, origin.step)?.state === 'sent');
  try {
    const result = await deliver({
      ...how,
      journal: {
        ledger,
        intend: (lines) => journal.intend(lines),
        conclude: (lines) => journal.conclude(lines),
      },
      recipients,
      messageId: ({ canonical }) => (byAddress.get(canonical) as Waiting).messageId,
      step: origin.step,
      signal: watch ? AbortSignal.any([signal, watch.signal]) : signal,
      compose: ({ canonical }) => readAgain(byAddress.get(canonical) as Waiting, outboxFolder(workspace)),
      recheck: async (batch) => {
        await watch?.look(true);
        return gate(batch);
      },
      newToken: () => randomBytes(12).toString('hex'),
      now: () => nowIso(tools),
      onProgress: ({ sent, unknown, deferred, rejected, left_out }) =>
        progress(sent + unknown + deferred + rejected + left_out, messages.length),
    });
    account.settle(messages, result);
  } finally {
    for (const message of messages) if (isSent(message)) await passOn(outboxFolder(workspace), message.path);
  }
}

async function readAgain({ path, messageId, to }: Waiting, folder: string): Promise<OutgoingMessage> {
  const message = await readWaiting(folder, path);
  if (message?.messageId === messageId && message.envelope.to === to) return message;
  throw new ItacaError('conflict', `outbox/${path} was changed or taken away while it was sent on`, {
    hint: 'flush again',
  });
}
