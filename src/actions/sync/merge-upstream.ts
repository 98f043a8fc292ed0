import { ItacaError } from '../../domain/error.js';
import { markDifferences } from '../../domain/merge/conflict-markers.js';
import { type MergeStep, planMerge, type TreeChange } from '../../domain/merge/merge-trees.js';
import { idOfPath } from '../../domain/records/ids.js';
import { kindOfPath } from '../../domain/records/kind-names.js';
import { readBlobs } from '../../git/blobs.js';
import type { ImportedFile } from '../../git/import-commit.js';
import { buildCommit, fastForward } from '../../git/merge-commit.js';
import type { Repository } from '../../git/repository.js';
import { mergeBases, treeChanges } from '../../git/tree-changes.js';
import { mergeFile } from '../../workspace/merge/merge-file.js';
import { beginBulk, endBulk, finishBulk } from '../../workspace/pending.js';
import { commitOptions } from '../repair.js';
import type { Tools } from '../tools.js';
import { commitTrailers } from '../write.js';
import { isOwn } from './hand-edits.js';

export interface MergeOutcome {
  /** The commit that the branch stands at now. */
  head: string;
  /** How many files the merge brought in or joined. */
  merged: number;
}

/**
 * Merges what the team published into the branch: a file that one side changed as that side has it, one that both
 * changed by what it is. A true conflict is committed as it stands, between markers, so that the rest of the work can
 * go on; what is not published is for the caller to see to.
 * @param theirs the team's commit
 * @throws ItacaError `conflict` where the histories have nothing in common, or a file that is none of the workspace's
 *   cannot be merged; nothing is changed then
 */
export async function mergeUpstream(
  repository: Repository,
  theirs: string,
  tools: Tools,
): Promise<MergeOutcome> {
  const { root } = repository;
  const head = repository.head as string;
  const inWorkspace = (path: string) =>
    path.startsWith(repository.prefix) ? path.slice(repository.prefix.length) : undefined;
  const base = await partingOf(root, head, theirs, inWorkspace, tools);
  if (base === undefined) {
    throw new ItacaError('conflict', 'the history here and the one of the team have nothing in common', {
      hint: 'is this the right remote? git remote -v',
    });
  }
  if (base === theirs) return { head, merged: 0 };
  const published = await treeChanges(root, base, theirs);
  if (base === head) {
    if (!tools.dryRun) await advance(root, published, theirs, inWorkspace);
    return { head: tools.dryRun ? head : theirs, merged: published.length };
  }
  const steps = planMerge(await treeChanges(root, base, head), published, inWorkspace);
  const files = await filesAfter(root, steps, inWorkspace);
  if (tools.dryRun) return { head, merged: steps.length };
  const both = steps.flatMap((step) => (step.op === 'merge' ? [inWorkspace(step.path) ?? ''] : []));
  const records = both.flatMap((path) => (kindOfPath(path) ? (idOfPath(path) ?? []) : []));
  const commit = await buildCommit(root, files, [head, theirs], {
    ...commitOptions(tools),
    subject: 'merge the work of the team',
    trailers: commitTrailers(records, tools),
  });
  await advance(root, await treeChanges(root, head, commit), commit, inWorkspace);
  return { head: commit, merged: steps.length };
}

/**
 * The commit at which two lines of work parted; undefined where they have nothing in common. Lines that took in each
 * other's work parted in several places: those are merged with each other first, as git's recursive merge does, and
 * what they dispute stays as it was before. Else a value that one side put back would come again.
 */
async function partingOf(
  root: string,
  ours: string,
  theirs: string,
  inWorkspace: (path: string) => string | undefined,
  tools: Tools,
): Promise<string | undefined> {
  const [first, ...others] = await mergeBases(root, ours, theirs);
  let base = first;
  for (const other of others) {
    const before = base && (await partingOf(root, base, other, inWorkspace, tools));
    if (!base || !before) continue;
    const steps = planMerge(
      await treeChanges(root, before, base),
      await treeChanges(root, before, other),
      inWorkspace,
    );
    const files = await filesAfter(root, steps, inWorkspace, true);
    base = await buildCommit(root, files, [base, other], {
      ...commitOptions(tools),
      subject: 'the common past of a merge',
      trailers: [],
    });
  }
  return base;
}

/**
 * Moves the branch, index and working tree forward. Git writes the files in place: what a crash leaves half written is
 * known by the marker of a bulk write, and put back by the next command.
 * @param changes between the two commits
 */
async function advance(
  root: string,
  changes: readonly TreeChange[],
  commit: string,
  inWorkspace: (path: string) => string | undefined,
): Promise<void> {
  const entries = changes.flatMap(({ before, after }) => {
    const path = inWorkspace((after ?? before)?.path ?? '');
    return path === undefined ? [] : [{ path, blob: after?.blob }];
  });
  const blobs = await readBlobs(
    root,
    entries.flatMap(({ blob }) => blob ?? []),
  );
  const written = entries.map(({ path, blob }) => ({
    path,
    content: blob === undefined ? null : (blobs.get(blob) ?? Buffer.alloc(0)),
  }));
  beginBulk(root, { label: 'sync', whole: true }, written);
  try {
    await fastForward(root, commit);
    endBulk(root);
  } finally {
    finishBulk(root);
  }
}

/**
 * What the merged tree holds otherwise than ours.
 * @param undisputed leaves what cannot be merged as it was before both
 */
async function filesAfter(
  root: string,
  steps: readonly MergeStep[],
  inWorkspace: (path: string) => string | undefined,
  undisputed = false,
): Promise<ImportedFile[]> {
  const wanted = steps.flatMap((step) => {
    if (step.op === 'dispute') return [step.file.blob];
    if (step.op !== 'merge' || step.ours.blob === step.theirs.blob) return [];
    return [step.base, step.ours, step.theirs].flatMap((entry) => (entry ? [entry.blob] : []));
  });
  const blobs = await readBlobs(root, wanted);
  const textOf = (blob: string, path: string) => asText(blobs.get(blob) as Buffer, path);
  const after = (step: MergeStep): ImportedFile[] => {
    switch (step.op) {
      case 'take': {
        const { path, mode, blob } = step.file;
        return [...gone(step.moved), { name: path, content: { mode, blob } }];
      }
      case 'remove':
        return gone(step.path);
      case 'dispute': {
        if (undisputed) return [];
        const own = inWorkspace(step.file.path);
        if (own === undefined || !isOwn(own)) cannotMerge(step.file.path);
        return disputed(step, textOf(step.file.blob, step.file.path));
      }
      case 'merge': {
        const from = step.ours.path === step.path ? undefined : step.ours.path;
        const content = undisputed ? settled(step, textOf, inWorkspace) : joined(step, textOf, inWorkspace);
        return [...gone(from), { name: step.path, content }];
      }
    }
  };
  return steps.flatMap(after);
}

function gone(path: string | undefined): ImportedFile[] {
  return path === undefined ? [] : [{ name: path, content: null }];
}

/** As `joined`, and as it was before where the two cannot be joined. */
function settled(
  step: MergeStep & { op: 'merge' },
  textOf: (blob: string, path: string) => string,
  inWorkspace: (path: string) => string | undefined,
): Exclude<ImportedFile['content'], null> {
  try {
    return joined(step, textOf, inWorkspace, true);
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    return { mode: step.mode, blob: (step.base ?? step.ours).blob };
  }
}

function joined(
  { path, mode, base, ours, theirs }: MergeStep & { op: 'merge' },
  textOf: (blob: string, path: string) => string,
  inWorkspace: (path: string) => string | undefined,
  refuseConflicts = false,
): Exclude<ImportedFile['content'], null> {
  if (theirs.blob === ours.blob || theirs.blob === base?.blob) return { mode, blob: ours.blob };
  if (ours.blob === base?.blob) return { mode, blob: theirs.blob };
  if (!/^100/.test(ours.mode) || !/^100/.test(theirs.mode)) cannotMerge(path);
  const own = inWorkspace(path);
  const merged = mergeFile(own ?? path, {
    base: base && textOf(base.blob, path),
    ours: textOf(ours.blob, path),
    theirs: textOf(theirs.blob, path),
  });
  // Markers in a stranger's file would break what Itaca knows nothing of.
  if (merged.conflicts.length > 0 && (refuseConflicts || own === undefined || !isOwn(own))) cannotMerge(path);
  return merged.text;
}

/** A ledger is never removed; anything else that one side removed and the other changed is for a person to decide. */
function disputed({ file, removedBy }: MergeStep & { op: 'dispute' }, text: string): ImportedFile[] {
  const { path, mode, blob } = file;
  if (path.endsWith('.jsonl')) return [{ name: path, content: { mode, blob } }];
  const names = { ours: 'ours', theirs: 'theirs', [removedBy]: `${removedBy} (removed)` };
  const [mine, other] = removedBy === 'ours' ? ['', text] : [text, ''];
  return [{ name: path, content: markDifferences(mine, other, names) }];
}

function asText(bytes: Buffer, path: string): string {
  try {
    if (bytes.includes(0)) cannotMerge(path);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return cannotMerge(path);
  }
}

function cannotMerge(path: string): never {
  throw new ItacaError('conflict', 'this file was changed here and by the team, and cannot be merged here', {
    path,
    hint: 'merge it by hand with git merge, then run itaca sync again',
  });
}
