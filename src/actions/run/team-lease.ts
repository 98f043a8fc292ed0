import { ItacaError } from '../../domain/error.js';
import { cloneId } from '../../git/clone-id.js';
import { type Lease, takeLease } from '../../git/lease.js';
import { upstreamOf } from '../../git/remote.js';
import { findRepository } from '../../git/repository.js';
import { git } from '../../git/run.js';
import { cloneName } from '../clone-name.js';
import { nowIso } from '../new-record.js';
import { sync } from '../sync.js';
import type { Tools } from '../tools.js';

/** The team's lease while this run holds it. */
export interface TeamLease {
  lease: Lease;
  /** Whether the team has all that is here. */
  published: boolean;
}

/** Whether `run` may send, and the lease it needs for that. */
export interface Leave {
  team?: TeamLease;
  /** Why it may not. */
  hold?: ItacaError;
}

/**
 * Takes the team's lease where one is needed, that is by SMTP where there is a remote; and takes in what the others
 * sent. Whatever comes, `giveBack` has to follow where there is a lease.
 * @param options.by how it goes out, whatever `mail.transport` says
 */
export async function leaveToSend(
  tools: Tools,
  options: { what?: string; by?: 'smtp' } = {},
): Promise<Leave> {
  const { workspace, dryRun } = tools;
  const { what = 'run', by: transport = workspace.config.mail?.transport } = options;
  if (dryRun || transport !== 'smtp') return {};
  const repository = await findRepository(workspace.root);
  if (!repository || (await git(workspace.root, ['remote'])).stdout.trim() === '') return {};
  let lease: Lease;
  try {
    lease = await takeLease(workspace.root, await upstreamOf(repository), {
      who: tools.actor,
      clone: `${cloneId(repository)}-${await cloneName(workspace)}`,
      what,
      since: nowIso(tools),
    });
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    return { hold: error };
  }
  const team: TeamLease = { lease, published: false };
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
  if (failure && (sent || !team.lease.fresh)) return failure;
  await team.lease.release();
  return undefined;
}

async function share(team: TeamLease, tools: Tools): Promise<ItacaError | undefined> {
  try {
    const { pushed, conflicts, problems } = await sync(tools);
    team.published = pushed;
    if (pushed) return undefined;
    const [first] = [...conflicts, ...problems];
    return new ItacaError('conflict', `nothing is published before ${first?.path ?? 'a file'} is mended`, {
      hint: 'itaca sync tells what is wrong',
    });
  } catch (error) {
    if (error instanceof ItacaError) return error;
    throw error;
  }
}
