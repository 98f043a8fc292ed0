import { ItacaError } from '../../domain/error.js';
import { nowIso } from '../new-record.js';
import { fileLedgers } from '../sequence/file-sequence.js';
import type { SequenceOutcome } from '../sequence/outcome.js';
import { runSequences } from '../sequence/run-sequences.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { type Escalated, planEscalations } from './escalate.js';
import { noticesOwed } from './notices.js';
import { type NoticeOutcome, notSent, outcomeOf, readyNotices, whyOf } from './ready-notices.js';
import { planRenewals, type Renewed } from './renewals.js';
import { fileJournals, sendNotices } from './send-notices.js';
import { giveBack, leaveToSend } from './team-lease.js';

/** What one tick did. */
export interface Tick {
  /** ISO 8601. */
  at: string;
  escalated: Escalated[];
  renewals: Renewed[];
  /** What was done, or was not, for the people in each sequence. */
  sequences: SequenceOutcome[];
  notices: NoticeOutcome[];
  /** Why mails wait for the next run, where they do. */
  held: string | null;
  /** Why the team does not have what was sent, where it should; until it has, the lease stays with this clone. */
  unpublished: string | null;
  /** Whether all that was owed is done; what waits because another process sends is that one's to do. */
  complete: boolean;
}

export interface TickOptions {
  environment: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C: the mail in flight is finished, nothing else leaves. */
  signal: AbortSignal;
}

/**
 * One tick of the clock, for cron: escalates cases, opens renewals, takes sequences on, sends receipts and reminders. What was done already
 * is not done again; what a missed day left is caught up once. Call it while holding the lock.
 *
 * By SMTP, in a team with a remote, it sends only under the team's lease, after taking in what others sent. Where mails
 * cannot leave, all else is done.
 * @throws ItacaError `invalid` where a process or a calendar is broken
 */
export async function tick(options: TickOptions, tools: Tools): Promise<Tick> {
  const { workspace } = tools;
  const done: Tick = {
    at: nowIso(tools),
    escalated: [],
    renewals: [],
    sequences: [],
    notices: [],
    held: null,
    unpublished: null,
    complete: true,
  };
  // What a run that was killed has sent must be on record before anybody else may send.
  await fileJournals('run: what an earlier run sent', tools);
  await fileLedgers('run: what an earlier run did', tools);
  const { team, hold } = await leaveToSend(tools);
  const did = { wrote: false, sent: false };
  try {
    const { changes, escalated } = await planEscalations(workspace);
    const { changes: cases, renewed } = await planRenewals(tools);
    const subject = `run: ${escalated.length} escalated, ${renewed.length} renewals`;
    did.wrote = (await write([...changes, ...cases], { subject, kept: true }, tools)) !== undefined;
    Object.assign(done, { escalated, renewals: renewed });
    await followUp(done, did, hold, options, tools);
    await notify(done, did, hold, options, tools);
  } finally {
    const failure = team && (await giveBack(team, did, tools));
    if (failure) Object.assign(done, { unpublished: whyOf(failure), complete: false });
  }
  return done;
}

/** Takes the sequences on, or says why their mails wait. */
async function followUp(
  done: Tick,
  did: { wrote: boolean; sent: boolean },
  hold: ItacaError | undefined,
  { environment, signal }: TickOptions,
  tools: Tools,
): Promise<void> {
  const { outcomes, held, complete } = await runSequences({ environment, signal, hold, did }, tools);
  done.sequences = outcomes;
  if (held && hold) done.held = [whyOf(hold), hold.hint].filter(Boolean).join('; ');
  done.complete &&= complete || hold?.code === 'locked';
}

/** Sends what is owed, or says why it waits. */
async function notify(
  done: Tick,
  did: { sent: boolean },
  hold: ItacaError | undefined,
  options: TickOptions,
  tools: Tools,
): Promise<void> {
  const report = (outcome: NoticeOutcome) => {
    done.notices.push(outcome);
    if (outcome.state !== 'sent' && outcome.state !== 'left_out') done.complete &&= tools.dryRun;
  };
  const wait = (error: ItacaError) => {
    done.held = [whyOf(error), error.hint].filter(Boolean).join('; ');
    done.complete &&= tools.dryRun || error.code === 'locked';
  };
  try {
    const owed = await notSent(await noticesOwed(tools.workspace), tools);
    const { ready, others } = await readyNotices(owed, tools);
    others.forEach(report);
    if (ready.length === 0) return;
    const stop = hold ?? withoutSender(tools);
    if (tools.dryRun || stop) done.notices.push(...ready.map((notice) => outcomeOf(notice, 'waiting')));
    if (stop) wait(stop);
    if (tools.dryRun || stop) return;
    did.sent = true;
    try {
      await sendNotices(ready, { ...options, report }, tools);
    } finally {
      const sent = done.notices.filter(({ state }) => state === 'sent').length;
      await fileJournals(`run: ${sent} sent`, tools);
    }
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    wait(error);
  }
}

function withoutSender({ workspace }: Tools): ItacaError | undefined {
  if (workspace.config.mail?.from) return undefined;
  return new ItacaError('invalid', 'itaca.yaml has no mail.from to send in the name of');
}
