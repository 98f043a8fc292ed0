import { textRedactor } from '../../domain/erasure/redact-text.js';
import { idOfPath } from '../../domain/records/ids.js';
import { type Kind, kindOfPath } from '../../domain/records/kind-names.js';
import type { Repository } from '../../git/repository.js';
import { trackedFiles } from '../../git/working-tree.js';
import { erasuresFolder } from '../../workspace/erasures.js';
import type { Change } from '../../workspace/records.js';
import { isOwn } from '../sync/hand-edits.js';
import type { Tools } from '../tools.js';
import { filesOfToday, together } from './corpus.js';
import { type SharedTrait, withoutShared } from './find-person.js';
import { contactVersions } from './history-corpus.js';
import { type Learned, learn, learnPerson } from './learn.js';
import { Lookalikes, type ToLookAt } from './lookalikes.js';
import { inOverlooked } from './overlooked.js';

/** What an erasure does to the files of today. */
export interface ErasurePlan {
  learned: Learned;
  changes: Change[];
  /** Records that go. */
  removed: { kind: Kind; id: string; path: string }[];
  /** Files out of which the person is taken. */
  redacted: string[];
  /** Files that are called otherwise. */
  renamed: { from: string; to: string }[];
  /** Ledgers of which lines change. */
  ledgers: { path: string; lines: number }[];
  /** Files beside the records that go. */
  files: string[];
  /** Messages that wait in the outbox. */
  outbox: string[];
  /** Files that git overlooks or does not know: they are rewritten, and not committed. */
  strays: { path: string; bytes: Buffer }[];
  /** What somebody else has as well. */
  shared: SharedTrait[];
  /** Where a name stands that is somebody else's, too: a person has to look. */
  named: { path: string; line: number }[];
  /** What is left and may tell of the person: somebody has to look. */
  look: ToLookAt[];
  /** Records that stay, by id. */
  surviving: Set<string>;
}

/**
 * Works out what an erasure means, and writes nothing.
 * @param known records that went in an earlier erasure of the same person
 */
export async function planErasure(
  contacts: readonly string[],
  kept: readonly Kind[],
  known: readonly string[],
  repository: Repository | undefined,
  tools: Tools,
): Promise<ErasurePlan> {
  const { workspace } = tools;
  const { root } = workspace;
  const today = await filesOfToday(root, repository);
  const ids = new Set(contacts);
  const past = repository?.head ? await contactVersions(repository, ids) : undefined;
  const everything = past ? together(today, past) : today;
  const whole = await learnPerson(ids, everything, workspace.country);
  const { person, shared } = await withoutShared(whole, workspace);
  const learned = await learn(
    { person, kept: new Set(kept), removed: known, surviving: new Set() },
    today,
    workspace,
  );
  const lookalikes = new Lookalikes(learned);
  const { removed, rewritten, look } = await inOverlooked(root, learned, lookalikes);
  const plan: ErasurePlan = {
    learned,
    changes: [],
    removed: [],
    redacted: [],
    renamed: [],
    ledgers: [],
    files: [],
    outbox: removed,
    strays: rewritten,
    look,
    shared,
    named: [],
    surviving: new Set(),
  };
  const tracked = repository && (await trackedFiles(root));
  const namesakes = textRedactor(
    { emails: [], phones: [], names: whole.names.filter((name) => !person.names.includes(name)) },
    () => undefined,
  );
  for await (const { path, bytes } of today.files((one) => !one.startsWith(`${erasuresFolder}/`))) {
    const after = learned.eraser.file(path, bytes);
    if (after !== null && tracked && !tracked.has(path) && !isOwn(path)) {
      if (after.bytes !== bytes) plan.strays.push({ path, bytes: after.bytes });
    } else note(plan, path, bytes, after);
    if (after !== null) {
      plan.look.push(...lookalikes.in({ path: after.path, before: bytes, after: after.bytes }));
      for (const { line } of namesakes.find(bytes.toString())) plan.named.push({ path, line });
    }
  }
  plan.look.push(...lookalikes.beside(), ...(repository ? await lookalikes.refs(repository) : []));
  return plan;
}

function note(
  plan: ErasurePlan,
  path: string,
  bytes: Buffer,
  after: { path: string; bytes: Buffer } | null,
): void {
  const kind = kindOfPath(path);
  const id = kind ? idOfPath(path) : undefined;
  if (after === null) {
    plan.changes.push({ op: 'restore', path, content: null });
    if (kind && id !== undefined) plan.removed.push({ kind, id, path });
    else plan.files.push(path);
    return;
  }
  if (id !== undefined) plan.surviving.add(id);
  if (after.path === path && after.bytes === bytes) return;
  if (after.path !== path) {
    plan.changes.push({ op: 'restore', path, content: null });
    plan.renamed.push({ from: path, to: after.path });
  }
  plan.changes.push({ op: 'restore', path: after.path, content: after.bytes });
  if (path.endsWith('.jsonl')) plan.ledgers.push({ path: after.path, lines: differing(bytes, after.bytes) });
  else if (after.bytes !== bytes) plan.redacted.push(after.path);
}

function differing(before: Buffer, after: Buffer): number {
  const kept = new Set(after.toString().split('\n'));
  return before
    .toString()
    .split('\n')
    .filter((line) => !kept.has(line)).length;
}
