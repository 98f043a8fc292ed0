import { ItacaError } from '../../domain/error.js';
import { cloneId } from '../../git/clone-id.js';
import { type Lease, type LeaseRecords, takeLease } from '../../git/lease.js';
import { upstreamOf } from '../../git/remote.js';
import { findRepository, type Repository } from '../../git/repository.js';
import { git } from '../../git/run.js';
import { stateFolder } from '../../workspace/high-water.js';
import { lockSending } from '../../workspace/journal.js';
import { cloneName } from '../clone-name.js';
import { nowIso } from '../new-record.js';
import { type SyncResult, sync } from '../sync.js';
import type { Tools } from '../tools.js';
import { exclusively } from '../write.js';

/** The team's lease while this run holds it. */
export interface TeamLease {
  lease: Lease;
  /** Whether the team has all that is here. */
  published: boolean;
  /** Whether anything of the others came in when it was taken. */
  news: boolean;
  /** Lets other processes of this machine send. */
  unlock(): Promise<void>;
}

/** Whether something may be sent, and the lease it needs for that. */
export interface Leave {
  team?: TeamLease;
  /** Why it may not. */
  hold?: ItacaError;
}

/** What the right to send is asked for. */
export interface LeaveOptions {
  /** In words, for the others. */
  what: string;
  environment: NodeJS.ProcessEnv;
  /** How it goes out, whatever `mail.transport` says. */
  by?: 'smtp';
  /** Asked where another clone holds the lease. */
  mayTakeOver?: (standing: LeaseRecords) => Promise<boolean>;
}

/** Whether this workspace shares a remote with others, so that sending needs the team's lease. */
export async function hasRemote({ workspace: { root } }: Tools): Promise<boolean> {
  return (await findRepository(root)) !== undefined && (await git(root, ['remote'])).stdout.trim() !== '';
}

/**
 * Takes the team's lease where one is needed, that is by SMTP where there is a remote; and takes in what the others
 * sent. Whatever comes, `giveBack` has to follow where there is a lease.
 */
export async function leaveToSend(
  tools: Tools,
  { what, environment, by, mayTakeOver }: LeaveOptions,
): Promise<Leave> {
  const { workspace, dryRun } = tools;
  const transport = by ?? workspace.config.mail?.transport;
  if (dryRun || transport !== 'smtp' || !(await hasRemote(tools))) return {};
  let unlock = async () => {};
  let lease: Lease;
  try {
    // What this clone left behind is its own again only while no other process of it sends.
    unlock = await lockSending(stateFolder(workspace.config.id, environment), what);
    const repository = (await findRepository(workspace.root)) as Repository;
    const holder = {
      who: tools.actor,
      clone: `${cloneId(repository)}-${await cloneName(workspace)}`,
      what,
      since: nowIso(tools),
    };
    lease = await takeLease(workspace.root, await upstreamOf(repository), holder, mayTakeOver);
  } catch (error) {
    await unlock();
    if (!(error instanceof ItacaError)) throw error;
    return { hold: error };
  }
  const team: TeamLease = { lease, published: false, news: false, unlock };
  const hold = await share(team, tools);
  return hold ? { team, hold } : { team };
}

/**
 * Publishes what this run did, and gives the lease back. Where mails may have left and that cannot be published, the
 * lease stays with this clone: whoever had it next would send them again.
 * @param sent whether any mail may have left
 * @returns why the lease stays here, where it does
 */
export async function giveBack(
  team: TeamLease,
  { wrote, sent }: { wrote: boolean; sent: boolean },
  tools: Tools,
): Promise<ItacaError | undefined> {
  if (wrote || sent) team.published = false;
  const failure = team.published ? undefined : await share(team, tools);
  try {
    if (failure && (sent || !team.lease.fresh)) return failure;
    await team.lease.release();
    return undefined;
  } finally {
    await team.unlock();
  }
}

/**
 * Publishes what stands on record here, while the lease is held.
 * @throws ItacaError as `sync`, and where something keeps it from being published
 */
export async function publish(team: TeamLease, tools: Tools): Promise<void> {
  const failure = await share(team, tools);
  if (failure) throw failure;
}

async function share(team: TeamLease, tools: Tools): Promise<ItacaError | undefined> {
  try {
    const result = await exclusively(tools, () => sync(tools));
    team.published = result.pushed;
    if (result.fetched + result.committed > 0) team.news = true;
    if (result.committed > 0) {
      const what = result.committed === 1 ? 'a file' : `${result.committed} files`;
      tools.warn(`${what} edited by hand went to the team with what was sent (see: itaca history)`);
    }
    return result.pushed ? undefined : unpublished(result);
  } catch (error) {
    if (error instanceof ItacaError) return error;
    throw error;
  }
}

/** Why a sync published nothing. */
export function unpublished({ conflicts, problems }: SyncResult): ItacaError {
  const [first] = [...conflicts, ...problems];
  return new ItacaError('conflict', `nothing is published before ${first?.path ?? 'a file'} is mended`, {
    hint: 'itaca sync tells what is wrong',
  });
}
