import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import type { Kind } from '../../domain/records/kind-names.js';
import { LooseObjects } from '../../git/loose-objects.js';
import { ObjectReader, objectFormat } from '../../git/objects.js';
import { findRepository, type Repository } from '../../git/repository.js';
import { beginRewriting, refuseHalfPast } from '../../git/rewrite/forget.js';
import {
  fetchedAll,
  formatRewritten,
  moveRefs,
  readRewritten,
  readStashes,
  restoreStashes,
} from '../../git/rewrite/refs.js';
import { Rewriter } from '../../git/rewrite/rewriter.js';
import { everyCommit, everyVersion, type FileVersion } from '../../git/rewrite/versions.js';
import { git } from '../../git/run.js';
import type { Tools } from '../tools.js';
import { withoutShared } from './find-person.js';
import { filesOfVersions, inWorkspace } from './history-corpus.js';
import { type Learned, learn, learnPerson } from './learn.js';

/** Whose past is to be rewritten. */
export interface PurgeRequest {
  contacts: readonly string[];
  kept: readonly Kind[];
  /** Records that went. */
  removed: readonly string[];
  /** Records that stay, whatever an old version of them says. */
  surviving: ReadonlySet<string>;
}

/** What rewriting came to, before git forgets. */
export interface Rewritten {
  commits: ReadonlyMap<string, string>;
  rewritten: number;
  learned: Learned[];
  restore(): Promise<void>;
}

/**
 * Rewrites what this clone holds, by all erasures that are asked for.
 * @param known commits that the team rewrote already → what they became
 */
export async function rewritePast(
  requests: readonly PurgeRequest[],
  repository: Repository,
  known: ReadonlyMap<string, string>,
  tools: Tools,
): Promise<Rewritten> {
  const { root, commonDir } = repository;
  const format = await objectFormat(root);
  const idLength = format === 'sha1' ? 20 : 32;
  const reader = new ObjectReader(root);
  try {
    const stashed = await readStashes(root);
    const all = await everyCommit(root);
    const versions = await everyVersion(reader, all, idLength);
    const learned: Learned[] = [];
    for (const request of requests)
      learned.push(await learnFrom(request, reader, versions, repository, tools));
    const text = (one: string) => learned.reduce((rest, { eraser }) => eraser.text(rest), one);
    const rewriter = new Rewriter(
      reader,
      new LooseObjects(join(commonDir, 'objects'), format),
      {
        text,
        path: (path) => learned.reduce((rest, { eraser }) => eraser.path(rest), path),
        file: (path, bytes) => fileAfter(inWorkspace(repository, path), bytes, learned),
      },
      idLength,
      new Map(known),
    );
    for (const commit of all) await rewriter.commit(commit);
    const fetched = await readRewritten(root, `${fetchedAll}itaca/rewritten`);
    const earlier = new Map([...fetched, ...(await readRewritten(root))]);
    const map = formatRewritten(earlier, rewriter.commits);
    beginRewriting(repository);
    await moveRefs(root, rewriter, stashed, map === '' ? undefined : map);
    const rewritten = [...rewriter.commits].filter(([old, now]) => old !== now && !known.has(old)).length;
    await followHead(repository, rewriter);
    return {
      commits: rewriter.commits,
      rewritten,
      learned,
      restore: () => restoreStashes(root, stashed, text),
    };
  } finally {
    await reader.close();
  }
}

function fileAfter(
  path: string,
  bytes: Buffer,
  learned: readonly Learned[],
): { path: string; bytes: Buffer } | null {
  let file = { path, bytes };
  for (const { eraser } of learned) {
    const after = eraser.file(file.path, file.bytes);
    if (after === null) return null;
    file = after;
  }
  return file;
}

async function learnFrom(
  { contacts, kept, removed, surviving }: PurgeRequest,
  reader: ObjectReader,
  versions: readonly FileVersion[],
  repository: Repository,
  tools: Tools,
): Promise<Learned> {
  const corpus = filesOfVersions(reader, versions, repository);
  const whole = await learnPerson(new Set(contacts), corpus, tools.workspace.country);
  const { person } = await withoutShared(whole, tools.workspace);
  return learn({ person, kept: new Set(kept), removed, surviving }, corpus, tools.workspace);
}

/**
 * The repository, clean and whole.
 * @throws ItacaError `refused`, `conflict` where something is not committed
 */
export async function readyToRewrite(root: string): Promise<Repository> {
  const repository = await findRepository(root);
  if (!repository?.head) {
    throw new ItacaError('usage', 'there is no past to purge: this workspace is not in a git repository', {
      hint: 'leave --purge-history out',
    });
  }
  await refuseHalfPast(repository);
  const { stdout } = await git(root, ['status', '--porcelain', '-uno', '-z']);
  const [first] = stdout.split('\0');
  if (first) {
    throw new ItacaError('conflict', `what is not committed would be lost: ${first.slice(3)}`, {
      path: first.slice(3),
      hint: 'commit it (itaca sync commits hand edits), then run the same command again',
    });
  }
  return repository;
}

/** The working tree as the rewritten head has it; it differs only where the past knew more of the person than today. */
async function followHead({ root, head }: Repository, rewriter: Rewriter): Promise<void> {
  const after = rewriter.commits.get(head ?? '') ?? head;
  if (after === head) return;
  const [old, now] = await Promise.all([head, after].map((one) => git(root, ['rev-parse', `${one}^{tree}`])));
  if (old?.stdout !== now?.stdout) await git(root, ['reset', '-q', '--hard']);
}
