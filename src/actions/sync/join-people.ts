import {
  type AddedContact,
  addedTwice,
  type Join,
  joinedContact,
  renamedReferences,
} from '../../domain/merge/join-contacts.js';
import type { TreeChange } from '../../domain/merge/merge-trees.js';
import { kindOfPath } from '../../domain/records/kind-names.js';
import type { Repository } from '../../git/repository.js';
import { treeChanges } from '../../git/tree-changes.js';
import type { Index } from '../../workspace/index/index.js';
import type { Change } from '../../workspace/records.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';

/** A person whom two clones added, as one contact. */
export interface JoinedPerson {
  /** Reference of the contact that stays. */
  contact: string;
  /** Path of the file that went. */
  joined: string;
  /** Keys in which the two differed; the one that stays has its own value. */
  differing: string[];
}

/**
 * Joins people whom this clone and another one added while they were apart: same e-mail address, names that agree. What
 * named the contact that goes names the one that stays. One commit.
 * @param since the last commit that both knew
 * @param published the team's commit, merged already
 */
export async function joinPeople(
  { root, prefix, head }: Repository,
  since: string,
  published: string,
  tools: Tools,
): Promise<JoinedPerson[]> {
  const own = addedContacts(await treeChanges(root, published, head as string), prefix);
  if (own.length === 0) return [];
  const theirs = addedContacts(await treeChanges(root, since, published), prefix);
  if (theirs.length === 0) return [];
  const index = await tools.workspace.index();
  const joins = addedTwice(read(index, own), read(index, theirs), tools.workspace.country);
  const changes = new Map<string, Change>();
  const people = joins.map((join) => planJoin(join, index, changes));
  await write([...changes.values()], { subject: 'join contacts added twice' }, tools);
  return people;
}

function planJoin(join: Join, index: Index, changes: Map<string, Change>): JoinedPerson {
  const { survivor, loser } = join;
  const { set, note, differing } = joinedContact(join);
  changes.set(survivor.path, {
    op: 'update',
    kind: 'contact',
    id: survivor.id,
    path: survivor.path,
    set,
    ...(note === undefined ? {} : { note }),
  });
  changes.set(loser.path, { op: 'remove', kind: 'contact', id: loser.id, path: loser.path });
  for (const { kind, id, path, data } of index.naming(loser.id)) {
    // A record may name several people who are joined.
    const before = changes.get(path);
    const earlier = before?.op === 'update' ? before.set : {};
    if (before && before.op !== 'update') continue;
    const renamed = renamedReferences({ ...data, ...earlier }, join);
    // It may name one that was merged into the loser, and that leads to the survivor from now on.
    if (Object.keys(renamed).length === 0) continue;
    changes.set(path, { ...(before ?? { op: 'update', kind, id, path }), set: { ...earlier, ...renamed } });
  }
  return { contact: survivor.ref, joined: loser.path, differing };
}

function addedContacts(changes: readonly TreeChange[], prefix: string): string[] {
  return changes.flatMap(({ before, after }) => {
    const path = !before && after?.path.startsWith(prefix) ? after.path.slice(prefix.length) : '';
    return kindOfPath(path) === 'contact' ? [path] : [];
  });
}

/** Those contacts that are there and can be read. */
function read(index: Index, paths: readonly string[]): AddedContact[] {
  return index.select('r.path in (select value from json_each(?))', [JSON.stringify(paths)]);
}
