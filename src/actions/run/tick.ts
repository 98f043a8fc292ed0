import { ItacaError } from '../../domain/error.js';
import { cloneId } from '../../git/clone-id.js';
import { type Lease, takeLease } from '../../git/lease.js';
import { upstreamOf } from '../../git/remote.js';
import { findRepository } from '../../git/repository.js';
import { git } from '../../git/run.js';
import { nowIso } from '../new-record.js';
import { sync } from '../sync.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { type Escalated, planEscalations } from './escalate.js';
import { type Notice, noticesOwed } from './notices.js';
import { planRenewals, type Renewed } from './renewals.js';
import { type NoticeOutcome, notSent, sendNotices } from './send-notices.js';

/** What one tick did. */
export interface Tick {
  /** ISO 8601. */
  at: string;
  escalated: Escalated[];
  renewals: Renewed[];
  notices: NoticeOutcome[];
  /** Why mails wait for the next run, where they do. */
  held: string | null;
}

/**
 * One tick of the clock, for cron: escalates cases, opens renewals, sends receipts and reminders. What was done already
 * is not done again; what a missed day left is caught up once. Call it while holding the lock.
 *
 * By SMTP, in a team with a remote, it sends only under the team's lease, after taking in what others sent.
 * @throws ItacaError `invalid` where a process, a calendar or a journal is broken
 */
export async function tick(environment: NodeJS.ProcessEnv, tools: Tools): Promise<Tick> {
  const { workspace } = tools;
  const done: Tick = { at: nowIso(tools), escalated: [], renewals: [], notices: [], held: null };
  const lease = await leaseFor(tools, done);
  try {
    const { changes, escalated } = await planEscalations(workspace);
    const { changes: cases, renewed } = await planRenewals(tools);
    Object.assign(done, { escalated, renewals: renewed });
    const subject = `run: ${escalated.length} escalated, ${renewed.length} renewals`;
    await write([...changes, ...cases], { subject }, tools);
    const owed = await notSent(await noticesOwed(workspace), tools);
    if (owed.length === 0) return done;
    if (!workspace.config.mail?.from) done.held ??= 'itaca.yaml has no mail.from to send in the name of';
    if (tools.dryRun || done.held !== null) done.notices = owed.map(waiting);
    else {
      done.notices = await sendNotices(owed, environment, tools);
      if (lease) await sync(tools);
    }
    return done;
  } finally {
    await lease?.release();
  }
}

function waiting({ kind, who, subject }: Notice): NoticeOutcome {
  return { kind, to: who, subject, state: 'waiting' };
}

/** The team's lease, where one is needed and can be had; otherwise `held` says why mails wait. */
async function leaseFor(tools: Tools, done: Tick): Promise<Lease | undefined> {
  const { workspace, dryRun } = tools;
  if (dryRun || workspace.config.mail?.transport !== 'smtp') return undefined;
  const repository = await findRepository(workspace.root);
  if (!repository || (await git(workspace.root, ['remote'])).stdout.trim() === '') return undefined;
  try {
    const upstream = await upstreamOf(repository);
    const holder = { who: tools.actor, clone: cloneId(repository), what: 'run', since: done.at };
    const lease = await takeLease(workspace.root, upstream, holder);
    const { conflicts, problems } = await sync(tools);
    if (conflicts.length + problems.length === 0) return lease;
    done.held = 'what the team sent could not be taken in: itaca sync tells why';
    await lease.release();
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    done.held = error.message;
  }
  return undefined;
}
