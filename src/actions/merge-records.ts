import { readFileSync } from 'node:fs';
import { isOver } from '../domain/campaigns/moment.js';
import { mergeRecords, type RecordMerge } from '../domain/duplicates/merge.js';
import { mergeEntries } from '../domain/duplicates/provenance.js';
import { joinEntries } from '../domain/duplicates/unmerge.js';
import { ItacaError } from '../domain/error.js';
import { idOfRef } from '../domain/records/ids.js';
import { sameValue } from '../domain/records/same-value.js';
import { decodeRecord } from '../workspace/codec/parse.js';
import { insideWorkspace } from '../workspace/files.js';
import type { Index } from '../workspace/index/index.js';
import {
  mergedTexts,
  type RecordFile,
  separatedTexts,
  type TwoTexts,
} from '../workspace/merge/duplicates.js';
import type { StoredRecord } from '../workspace/records.js';
import { resolveRecord } from '../workspace/resolve.js';
import type { Workspace } from '../workspace/workspace.js';
import { findRecord } from './find-record.js';
import { nowIso } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

/** Kinds of which two records may be one and the same. */
export type MergeKind = 'contact' | 'company';

export interface MergeOutcome {
  survivor: StoredRecord;
  merged: StoredRecord;
  /** What the survivor has of the other, by key. */
  took: Record<string, unknown>;
  /** What the other says otherwise. */
  left: RecordMerge['left'];
}

/**
 * Makes two records one: the survivor takes what it lacks, the other stays as it is and leads to the survivor, so that
 * nothing which names it must be written anew. One commit.
 * @param take keys of which the other's value is preferred
 * @throws ItacaError `usage` for one record named twice or two kinds, `conflict` for one that is merged already
 */
export async function mergeTwo(
  kind: MergeKind,
  [first, second]: readonly [survivor: string, other: string],
  take: ReadonlySet<string>,
  tools: Tools,
): Promise<MergeOutcome> {
  const { workspace } = tools;
  const survivor = await findOfKind(workspace, first, kind);
  const reached = await findOfKind(workspace, second, kind);
  const index = await workspace.index();
  const tombstone = mergedNamed(workspace, index, second, kind, reached);
  if (tombstone === undefined && reached.id === survivor.id) {
    throw new ItacaError('usage', `"${first}" and "${second}" are one record, ${survivor.ref}`, {
      hint: `name two: itaca ${kind} list`,
    });
  }
  const other = tombstone ?? reached;
  if (tombstone && reached.id !== survivor.id) {
    throw new ItacaError('conflict', `${tombstone.ref} was merged into ${reached.ref}`, {
      path: tombstone.path,
      hint: `merge that one, or first: itaca ${kind} unmerge ${tombstone.id}`,
    });
  }
  if (survivor.data.merged_into !== undefined) return settle(kind, survivor, tombstone, index, tools);
  const said = asList(survivor.data.consents);
  const merge = mergeRecords(
    survivor,
    tombstone
      ? {
          ...other,
          data: {
            ...other.data,
            consents: asList(other.data.consents).filter(
              (one) => !said.some((known) => sameValue(known, one)),
            ),
          },
        }
      : other,
    {
      take,
      at: nowIso(tools),
      by: tools.actor,
      country: workspace.country,
      over: (when) => isOver(when, nowIso(tools)),
      isPurpose: (purpose) => purpose in (workspace.config.purposes ?? { [purpose]: true }),
    },
  );
  if (tombstone && merge.entry.took === undefined) {
    throw new ItacaError('conflict', `${other.ref} is merged into ${survivor.ref} already`, {
      path: other.path,
      hint: `to take it back: itaca ${kind} unmerge ${other.id}`,
    });
  }
  const texts = mergedTexts(fileOf(workspace, survivor), fileOf(workspace, other), merge);
  await writeBoth(kind, survivor, other, texts, tools);
  return { survivor, merged: other, took: merge.entry.took ?? {}, left: merge.left };
}

/**
 * Two clones merged two records into each other: naming the one that stays settles it. The other gives back what it took
 * of it, and stays merged.
 */
async function settle(
  kind: MergeKind,
  survivor: StoredRecord,
  tombstone: StoredRecord | undefined,
  index: Index,
  tools: Tools,
): Promise<MergeOutcome> {
  const into = idOfRef(String(survivor.data.merged_into));
  const other = index.merged([kind]).find(({ id }) => id === into);
  if (!tombstone || !other) {
    throw new ItacaError('conflict', `${survivor.ref} was itself merged into ${survivor.data.merged_into}`, {
      path: survivor.path,
      hint: other ? `first: itaca ${kind} merge ${survivor.id} ${other.id}` : 'take the line merged_into out',
    });
  }
  const { workspace } = tools;
  const entry = joinEntries(mergeEntries(other.data).filter(({ ref }) => idOfRef(ref) === survivor.id));
  const texts = separatedTexts(
    fileOf(workspace, other),
    fileOf(workspace, survivor),
    entry ?? { ref: survivor.ref },
    [],
  );
  await writeBoth(kind, survivor, other, { survivor: texts.other, other: texts.survivor }, tools);
  return { survivor, merged: other, took: {}, left: [] };
}

async function writeBoth(
  kind: MergeKind,
  survivor: StoredRecord,
  other: StoredRecord,
  texts: TwoTexts,
  tools: Tools,
): Promise<void> {
  await write(
    [
      { op: 'write', path: survivor.path, text: texts.survivor },
      { op: 'write', path: other.path, text: texts.other },
    ],
    { subject: `${kind} merge ${survivor.id} ${other.id}`, records: [survivor.id, other.id], whole: true },
    tools,
  );
}

/** The file of a record as it is now. */
export function fileOf({ root }: Workspace, { kind, ref, path }: StoredRecord): RecordFile {
  return { kind, ref, path, text: decodeRecord(readFileSync(insideWorkspace(root, path)), path) };
}

/**
 * The merged record that these words name, and that leads to the one they reach.
 * @returns undefined where they name the one they reach itself
 */
function mergedNamed(
  workspace: Workspace,
  index: Index,
  who: string,
  kind: MergeKind,
  reached: StoredRecord,
): StoredRecord | undefined {
  const named = (only: 'living' | 'merged') => {
    try {
      return resolveRecord(index.of(only), who, [kind], workspace.country);
    } catch (error) {
      if (error instanceof ItacaError && ['not_found', 'ambiguous'].includes(error.code)) return undefined;
      throw error;
    }
  };
  return named('living')?.id === reached.id ? undefined : named('merged');
}

async function findOfKind(workspace: Workspace, who: string, kind: MergeKind): Promise<StoredRecord> {
  try {
    return await findRecord(workspace, who, [kind]);
  } catch (error) {
    if (!(error instanceof ItacaError) || error.code !== 'not_found') throw error;
    const [other] = await findRecord(workspace, who).then(
      (found) => [found],
      () => [],
    );
    if (!other) throw error;
    throw new ItacaError(
      'usage',
      `"${who}" is a ${other.kind}, and only a ${kind} is merged with a ${kind}`,
      {
        path: other.path,
      },
    );
  }
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
