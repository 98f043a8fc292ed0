import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageId } from '../../domain/campaigns/content.js';
import type { Objection } from '../../domain/campaigns/left-out.js';
import { ItacaError } from '../../domain/error.js';
import { isoDate } from '../../domain/time/clock.js';
import { buildNotice, fillNotice } from '../../mail/notice.js';
import { openTransport } from '../../mail/open-transport.js';
import { stateFolder } from '../../workspace/high-water.js';
import { readJournals, SendJournal } from '../../workspace/journal.js';
import { parseMailbox } from '../campaign/mailbox.js';
import { currentHolds, refuseUnreadable } from '../campaign/world.js';
import { cloneName } from '../clone-name.js';
import { deliver } from '../deliver.js';
import { nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import type { Notice } from './notices.js';

/** The folder of the journals of what `run` sends, in the workspace. */
const folderName = 'notices';

/** The purpose that a message to a customer about his own case serves. */
const purpose = 'service';

/** What became of a notice: as of a campaign's message, or `left_out` with the reason. */
export interface NoticeOutcome {
  kind: Notice['kind'];
  /** A member, or the id of a contact. */
  to: string;
  subject: string;
  state: 'sent' | 'unknown' | 'deferred' | 'rejected' | 'left_out' | 'waiting';
  why?: string;
}

/** Those of the notices that no journal says to have left, or to be in doubt. */
export async function notSent(notices: readonly Notice[], tools: Tools): Promise<Notice[]> {
  const { ledger } = await readJournals(join(tools.workspace.root, folderName));
  return notices.filter(({ canonical, key }) => {
    const state = ledger.get(canonical, key)?.state;
    return state === undefined || state === 'deferred';
  });
}

/**
 * Sends notices, each at most once, and puts what became of them on record. One that cannot be made, or must not go, is
 * listed and left; it does not hold up the others.
 * @throws ItacaError `locked` where another process of this machine sends; `invalid` where no transport can be opened
 */
export async function sendNotices(
  notices: readonly Notice[],
  environment: NodeJS.ProcessEnv,
  tools: Tools,
): Promise<NoticeOutcome[]> {
  const { workspace, clock } = tools;
  const { config, root } = workspace;
  const mail = config.mail ?? {};
  const folder = join(root, folderName);
  const from = parseMailbox(mail.from as string);
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const outcomes: NoticeOutcome[] = [];
  const journal = await SendJournal.open({
    folder,
    campaignId: folderName,
    state: stateFolder(config.id, environment),
    clone: await cloneName(workspace),
    date: isoDate(clock.now(), clock.timeZone),
  });
  try {
    const transport = await openTransport(root, mail, environment);
    try {
      for (const notice of notices) {
        const filled = await filledOrWhy(notice);
        if (typeof filled === 'string') {
          outcomes.push(outcomeOf(notice, 'left_out', filled));
          continue;
        }
        const { who, name, address, canonical, key, kind } = notice;
        const id = messageId(config.id, folderName, key, canonical, domain);
        const result = await deliver({
          journal,
          transport,
          recipients: [{ contact: who, ref: who, name, address, canonical, body: '*' }],
          step: key,
          compose: () =>
            buildNotice({
              messageId: id,
              from,
              to: { name, address },
              ...(mail.reply_to ? { replyTo: mail.reply_to } : {}),
              ...filled,
              date: clock.now(),
              reply: kind === 'receipt',
            }),
          recheck: () => objections(notice, tools),
          newToken: () => randomBytes(12).toString('hex'),
          now: () => nowIso(tools),
        });
        const [problem] = result.problems;
        const [left] = result.leftOut;
        if (problem) outcomes.push(outcomeOf(notice, problem.state, problem.reply));
        else if (left) outcomes.push(outcomeOf(notice, 'left_out', left.detail));
        else outcomes.push(outcomeOf(notice, result.sent > 0 ? 'sent' : 'waiting', result.stopped));
      }
    } finally {
      await transport.close();
    }
  } finally {
    await journal.close();
  }
  const also = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => `${folderName}/${name}`);
  const sent = outcomes.filter(({ state }) => state === 'sent').length;
  await write([], { subject: `run: ${sent} sent`, also }, tools);
  return outcomes;
}

function outcomeOf(
  { kind, who, subject }: Notice,
  state: NoticeOutcome['state'],
  why: string | undefined,
): NoticeOutcome {
  return { kind, to: who, subject, state, ...(why === undefined ? {} : { why }) };
}

/** The notice with its tags filled, or why it cannot be made. */
async function filledOrWhy({
  subject,
  text,
  values,
  path = '',
}: Notice): Promise<{ subject: string; text: string } | string> {
  if (!values) return { subject: subject.replace(/[\x00-\x1f\x7f]+/g, ' '), text };
  try {
    const filled = await fillNotice({ subject, text }, values, path);
    return { ...filled, subject: filled.subject.replace(/[\x00-\x1f\x7f]+/g, ' ') };
  } catch (error) {
    if (error instanceof ItacaError) return `${path}: ${error.message}`;
    throw error;
  }
}

/** Whether a customer may be written to, as the suppressions stand when the message leaves. Members are told. */
async function objections(notice: Notice, { workspace }: Tools): Promise<ReadonlyMap<string, Objection>> {
  if (notice.kind !== 'receipt') return new Map();
  const index = await workspace.look(['suppression']);
  refuseUnreadable(index, new Set());
  const [found] = currentHolds(workspace, index).suppressions.find(notice.canonical, purpose);
  if (!found) return new Map();
  return new Map([[notice.who, { reason: 'suppressed', detail: `suppressed: ${found.reason}` }]]);
}
