import { ItacaError } from '../../domain/error.js';
import { inherit } from '../campaign/claims.js';
import { nowIso } from '../new-record.js';
import { fileLedgers } from '../sequence/file-sequence.js';
import type { SequenceOutcome } from '../sequence/outcome.js';
import { runSequences } from '../sequence/run-sequences.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { type Ended, planEndings } from './endings.js';
import { type Escalated, planEscalations } from './escalate.js';
import { noticesOwed } from './notices.js';
import {
  type NoticeOutcome,
  noticesFolder,
  notSent,
  outcomeOf,
  readyNotices,
  whyOf,
} from './ready-notices.js';
import { planRenewals, type Renewed } from './renewals.js';
import { type Retried, retryDeferred } from './retry-deferred.js';
import { fileJournals, sendNotices } from './send-notices.js';
import { giveBack, type Leave, leaveToSend } from './team-lease.js';

/** What one tick did. */
export interface Tick {
  /** ISO 8601. */
  at: string;
  escalated: Escalated[];
  renewals: Renewed[];
  /** Agreements whose end is confirmed, and has come. */
  ended: Ended[];
  /** What was done, or was not, for the people in each sequence. */
  sequences: SequenceOutcome[];
  notices: NoticeOutcome[];
  /** Campaigns of which messages that a server had put off were tried again, or given up. */
  retried: Retried[];
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
  /** Take the team's lease from the clone that holds it. */
  takeOver: boolean;
}

/**
 * One tick of the clock, for cron: escalates cases, opens renewals, ends agreements, takes sequences on, sends receipts and reminders. What was done already
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
    ended: [],
    sequences: [],
    notices: [],
    retried: [],
    held: null,
    unpublished: null,
    complete: true,
  };
  // What a run that was killed has sent must be on record before anybody else may send.
  await fileJournals(noticesFolder, 'run: what an earlier run sent', tools);
  await fileLedgers('run: what an earlier run did', tools);
  const { environment, takeOver } = options;
  const { team, hold } = await leaveToSend(tools, {
    what: 'run',
    environment,
    mayTakeOver: async () => takeOver,
  });
  const did = { wrote: false, sent: false };
  try {
    if (team && team.lease.inherited.length > 0) {
      did.wrote = true;
      await inherit(team.lease.inherited, environment, tools);
    }
    const { changes, escalated } = await planEscalations(workspace);
    const { changes: cases, renewed } = await planRenewals(tools);
    const { changes: ends, ended } = await planEndings(tools);
    const subject = `run: ${escalated.length} escalated, ${renewed.length} renewals, ${ended.length} ended`;
    did.wrote = (await write([...changes, ...cases, ...ends], { subject, kept: true }, tools)) !== undefined;
    Object.assign(done, { escalated, renewals: renewed, ended });
    await followUp(done, did, { team, hold }, options, tools);
    await notify(done, did, { team, hold }, options, tools);
  } finally {
    const failure = team && (await giveBack(team, did, tools));
    if (failure) Object.assign(done, { unpublished: whyOf(failure), complete: false });
  }
  if (!options.signal.aborted) done.retried = await retryDeferred(options, tools);
  done.complete &&= tools.dryRun || done.retried.every(({ held }) => held === null);
  return done;
}

/** Takes the sequences on, or says why their mails wait. */
async function followUp(
  done: Tick,
  did: { wrote: boolean; sent: boolean },
  { team, hold }: Leave,
  { environment, signal }: TickOptions,
  tools: Tools,
): Promise<void> {
  const { outcomes, held, complete } = await runSequences({ environment, signal, team, hold, did }, tools);
  done.sequences = outcomes;
  if (held && hold) done.held = [whyOf(hold), hold.hint].filter(Boolean).join('; ');
  done.complete &&= complete || hold?.code === 'locked';
}

/** Sends what is owed, or says why it waits. */
async function notify(
  done: Tick,
  did: { sent: boolean },
  { team, hold }: Leave,
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
      await sendNotices(ready, { ...options, report, team }, tools);
    } finally {
      const sent = done.notices.filter(({ state }) => state === 'sent').length;
      await fileJournals(noticesFolder, `run: ${sent} sent`, tools);
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
