import { refsToOldPast } from '../git/rewrite/old-refs.js';
import { git } from '../git/run.js';
import {
  commitsBehind,
  fetchWitnesses,
  missingCommits,
  readWitnesses,
  rewrittenCommits,
  type SeenCommit,
  standingHeads,
} from '../git/witnesses.js';

export interface HistoryFinding extends SeenCommit {
  /** The clones whose witnessed head leads to it. */
  clones: string[];
}

export interface HistoryCheck {
  /** Commits that were seen and are gone from the history. */
  missing: HistoryFinding[];
  /** How many clones have left a witness. */
  witnesses: number;
  /** How many commits are gone because they were rewritten to erase somebody; what they became stands. */
  rewritten: number;
  /** Refs, here or fetched, that still lead to what was rewritten. */
  old: string[];
  /** Whether the branch that is checked out is among them: this clone has not taken over the new past. */
  stale: boolean;
  /** Why the remote could not be asked for newer ones. */
  unreached: string | undefined;
}

/**
 * Whether the past was rewritten. Each `sync` leaves a witness of the head its clone had; a head that is no ancestor of
 * what stands now was amended, rebased or pushed away. What was noted here must stand in a branch here, what was noted
 * on the remote in a branch there: a clone that has not fetched, and one that has not pushed, have lost nothing.
 */
export async function checkHistory(root: string): Promise<HistoryCheck> {
  const { fetched, failure } = await fetchWitnesses(root);
  const witnesses = await readWitnesses(root);
  const standing = {
    here: await standingHeads(root, 'here'),
    remote: await standingHeads(root, fetched ? 'remote' : 'anywhere'),
  };
  const found = new Map<string, HistoryFinding>();
  for (const { clone, commit: head, noted } of witnesses) {
    for (const commit of await missingCommits(root, head, standing[noted])) {
      const known = found.get(commit.commit);
      if (!known) found.set(commit.commit, { ...commit, clones: [clone] });
      else if (!known.clones.includes(clone)) known.clones.push(clone);
    }
  }
  const old = await refsToOldPast(root);
  const accounted = await rewrittenAway([...found.keys()], root);
  for (const commit of accounted) found.delete(commit);
  return {
    missing: [...found.values()],
    rewritten: accounted.length,
    old,
    stale: old.includes((await git(root, ['symbolic-ref', '-q', 'HEAD'])).stdout.trim()),
    witnesses: new Set(witnesses.map(({ clone }) => clone)).size,
    unreached: failure,
  };
}

/** Those commits that were rewritten to erase somebody, and of which what they became stands. */
async function rewrittenAway(missing: readonly string[], root: string): Promise<string[]> {
  const became = missing.length === 0 ? new Map<string, string>() : await rewrittenCommits(root);
  if (became.size === 0) return [];
  const behind = await commitsBehind(root, await standingHeads(root, 'anywhere'));
  return missing.filter((commit) => behind.has(became.get(commit) ?? ''));
}
