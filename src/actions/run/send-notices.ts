import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageId } from '../../domain/campaigns/content.js';
import { parseMailbox } from '../../domain/campaigns/mailbox.js';
import { ItacaError } from '../../domain/error.js';
import { buildNotice } from '../../mail/notice.js';
import type { Transport } from '../../mail/transport.js';
import { type Claims, claimsOf } from '../campaign/claims.js';
import { type DeliverResult, deliver } from '../deliver.js';
import { nowIso } from '../new-record.js';
import { openJournal } from '../open-journal.js';
import { openMail } from '../open-mail.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import type { Notice } from './notices.js';
import { type NoticeOutcome, noticesFolder, objectionTo, outcomeOf, whyOf } from './ready-notices.js';
import type { TeamLease } from './team-lease.js';

/** So many failures in a row that are the server's say that the others would meet them, too. */
const serverFailuresToStop = 2;

export interface SendNoticesOptions {
  environment: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C: what is in flight is finished, nothing else begins. */
  signal: AbortSignal;
  /** Told of each notice, in order, also when one of them makes the rest impossible. */
  report(outcome: NoticeOutcome): void;
  /** The lease under which they are sent, where one is needed. */
  team: TeamLease | undefined;
}

/**
 * Sends notices, each at most once. One that cannot be made, or must not go, is told of and left; it does not hold up
 * the others. A server that does not answer does: the rest waits for the next run.
 * @throws ItacaError `locked` where another process of this machine sends; `invalid` where no transport can be opened;
 *   `partial` where the journal cannot be written
 */
export async function sendNotices(
  notices: readonly Notice[],
  options: SendNoticesOptions,
  tools: Tools,
): Promise<void> {
  const { workspace } = tools;
  const { root } = workspace;
  const { environment, signal, report, team } = options;
  const place = { folder: join(root, noticesFolder), campaignId: noticesFolder };
  const journal = await openJournal(place, environment, tools);
  try {
    const claims = await claimsOf(journal, place, team, tools);
    const { transport, down } = watched(await openMail(workspace, environment));
    try {
      for (const notice of notices) {
        const stopped = down() ?? (signal.aborted ? 'the run was stopped before this mail left' : undefined);
        report(
          stopped === undefined
            ? await sendOne(notice, claims, transport, signal, tools)
            : outcomeOf(notice, 'waiting', stopped),
        );
      }
    } finally {
      await transport.close();
    }
  } finally {
    await journal.close();
  }
}

/** Commits the journals in a folder of the workspace, and what a crash left of them. */
export async function fileJournals(name: string, subject: string, tools: Tools): Promise<void> {
  const folder = join(tools.workspace.root, name);
  const names = existsSync(folder) ? readdirSync(folder).filter((file) => !file.startsWith('.')) : [];
  await write([], { subject, also: names.sort().map((file) => `${name}/${file}`) }, tools);
}

async function sendOne(
  notice: Notice,
  claims: Claims,
  transport: Transport,
  signal: AbortSignal,
  tools: Tools,
): Promise<NoticeOutcome> {
  const { who, name, address, canonical, key } = notice;
  try {
    const result = await deliver({
      ...claims,
      transport,
      recipients: [{ contact: who, ref: who, name, address, canonical, body: '*' }],
      step: key,
      signal,
      messageId: () => messageIdOf(notice, tools),
      compose: () => messageOf(notice, tools),
      recheck: async () => {
        const detail = await objectionTo(notice, tools);
        return new Map(detail === undefined ? [] : [[who, { reason: 'suppressed', detail }]]);
      },
      newToken: () => randomBytes(12).toString('hex'),
      now: () => nowIso(tools),
    });
    await settleDoubt(notice, result, claims.journal, tools);
    const [problem] = result.problems;
    const [left] = result.leftOut;
    if (problem) return outcomeOf(notice, problem.state, problem.reply);
    if (left?.reason === 'already_sent') return outcomeOf(notice, 'sent', left.detail);
    if (left) return outcomeOf(notice, 'left_out', left.detail);
    return outcomeOf(notice, result.sent > 0 ? 'sent' : 'waiting', result.stopped);
  } catch (error) {
    // What cannot be put on record must not go on.
    if (!(error instanceof ItacaError) || error.code === 'partial') throw error;
    return outcomeOf(notice, 'waiting', whyOf(error));
  }
}

/** A mail that was cut off while it left is told of once: from then on its doubt is on record. */
async function settleDoubt(
  { canonical, key }: Notice,
  { problems: [problem] }: DeliverResult,
  journal: Claims['journal'],
  tools: Tools,
): Promise<void> {
  const known = journal.ledger.get(canonical, key);
  if (problem?.state !== 'unknown' || known === undefined || known.outcome !== undefined) return;
  const { id, message_id, address } = known.intent;
  const at = nowIso(tools);
  await journal.conclude([{ event: 'unknown', at, intent: id, message_id, address, reply: problem.reply }]);
}

function messageIdOf({ key, canonical }: Notice, { workspace: { config } }: Tools): string {
  const { address } = parseMailbox(config.mail?.from ?? '');
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return messageId(config.id, noticesFolder, key, canonical, domain);
}

function messageOf(notice: Notice, tools: Tools) {
  const { workspace, clock } = tools;
  const { mail } = workspace.config;
  const { name, address, kind, subject, text, answers } = notice;
  return buildNotice({
    messageId: messageIdOf(notice, tools),
    from: parseMailbox(mail?.from ?? ''),
    to: { name, address },
    ...(mail?.reply_to ? { replyTo: mail.reply_to } : {}),
    subject,
    text,
    date: clock.now(),
    reply: kind === 'receipt',
    ...(answers === undefined ? {} : { answers }),
  });
}

/** A transport, and what its server said where it failed several times in a row. */
export function watched(transport: Transport): { transport: Transport; down(): string | undefined } {
  let failures = 0;
  let said: string | undefined;
  return {
    down: () => (failures >= serverFailuresToStop ? said : undefined),
    transport: {
      ...transport,
      async send(message) {
        const outcome = await transport.send(message);
        failures = outcome.server ? failures + 1 : 0;
        said = outcome.reply ?? 'the server does not answer';
        return outcome;
      },
    },
  };
}
