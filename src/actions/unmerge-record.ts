import { mergeEntries } from '../domain/duplicates/provenance.js';
import { joinEntries, type RecordUnmerge } from '../domain/duplicates/unmerge.js';
import { ItacaError } from '../domain/error.js';
import { idOfRef } from '../domain/records/ids.js';
import { separatedTexts } from '../workspace/merge/duplicates.js';
import type { Change, StoredRecord } from '../workspace/records.js';
import { resolveRecord } from '../workspace/resolve.js';
import { findRecord } from './find-record.js';
import { fileOf, type MergeKind } from './merge-records.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface UnmergeOutcome {
  survivor: StoredRecord;
  merged: StoredRecord;
  /** Values that the survivor gives back, or has again. */
  restored: RecordUnmerge['restored'];
  /** Records of after the merge that name the survivor, and so stay with it. */
  kept: StoredRecord[];
  /** Values that stay with the survivor although the other may have a claim to them. */
  ambiguous: RecordUnmerge['ambiguous'];
}

/**
 * Takes a merge back: the merged record is as it was, and the survivor gives back what it had of it. What names the one
 * or the other goes with the name, since a merge rewrote none. One commit.
 * @throws ItacaError `not_found` where no such record is merged, `conflict` where the survivor was itself merged since
 */
export async function unmerge(who: string, kind: MergeKind, tools: Tools): Promise<UnmergeOutcome> {
  const { workspace } = tools;
  const index = await workspace.index();
  const merged = await findMerged(who, kind, tools);
  const named = idOfRef(String(merged.data.merged_into)) ?? '';
  const holders = index
    .naming(merged.id, [kind])
    .filter(({ data }) => mergeEntries(data).some(({ ref }) => idOfRef(ref) === merged.id));
  const survivor = holders.find(({ id }) => id === named) ?? index.get(named);
  if (!survivor) {
    throw new ItacaError(
      'not_found',
      `${merged.ref} was merged into ${merged.data.merged_into}, which is gone`,
      {
        path: merged.path,
        hint: 'to have it back, take the line merged_into out of its file',
      },
    );
  }
  const reached = index.get(named);
  if (reached && reached.id !== named) {
    throw new ItacaError('conflict', `${survivor.ref} was itself merged into ${reached.ref} since`, {
      path: survivor.path,
      hint: `first: itaca ${kind} unmerge ${survivor.id}`,
    });
  }
  const merges = index.merged([kind]);
  const restored: UnmergeOutcome['restored'] = [];
  const ambiguous: UnmergeOutcome['ambiguous'] = [];
  const file = fileOf(workspace, merged);
  let other = file.text;
  let since: string | undefined;
  const changes: Change[] = [];
  // Two clones may have merged one record into two: each of those gives back what it took.
  for (const holder of new Map([...holders, survivor].map((one) => [one.id, one])).values()) {
    const entry = joinEntries(mergeEntries(holder.data).filter(({ ref }) => idOfRef(ref) === merged.id)) ?? {
      ref: merged.ref,
    };
    const still = mergeEntries(holder.data).flatMap(({ ref }) => {
      const id = idOfRef(ref);
      const record = id === merged.id ? undefined : merges.find((one) => one.id === id);
      return record ? [{ ref, data: record.data }] : [];
    });
    const apart = separatedTexts(fileOf(workspace, holder), file, entry, still);
    restored.push(...apart.restored);
    ambiguous.push(...apart.ambiguous);
    changes.push({ op: 'write', path: holder.path, text: apart.survivor });
    other = apart.other;
    if (holder.id === survivor.id) since = entry.at;
  }
  changes.push({ op: 'write', path: merged.path, text: other });
  const kept = index
    .naming(survivor.id)
    .filter(
      ({ data, at }) =>
        at !== null && since !== undefined && at >= Date.parse(since) && names(data, survivor.id),
    );
  await write(
    changes,
    { subject: `${kind} unmerge ${merged.id}`, records: [merged.id, survivor.id], whole: true },
    tools,
  );
  return { survivor, merged, restored, kept, ambiguous };
}

async function findMerged(who: string, kind: MergeKind, tools: Tools): Promise<StoredRecord> {
  const { workspace } = tools;
  const index = await workspace.index();
  try {
    return resolveRecord(index.of('merged'), who, [kind], workspace.country);
  } catch (error) {
    if (!(error instanceof ItacaError) || error.code !== 'not_found') throw error;
    const record = await findRecord(workspace, who, [kind]);
    const merged = mergeEntries(record.data).map(({ ref }) => ref);
    throw new ItacaError('not_found', `${record.ref} is merged into no other ${kind}`, {
      path: record.path,
      hint:
        merged.length > 0
          ? `merged into it are: ${merged.join(', ')}`
          : `those that are merged have merged_into in their files`,
    });
  }
}

function names(data: Record<string, unknown>, id: string): boolean {
  return Object.values(data)
    .flat()
    .some((value) => typeof value === 'string' && idOfRef(value) === id);
}
