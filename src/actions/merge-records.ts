import { readFileSync } from 'node:fs';
import { isOver } from '../domain/campaigns/moment.js';
import { mergeRecords, type RecordMerge } from '../domain/duplicates/merge.js';
import { ItacaError } from '../domain/error.js';
import { sameValue } from '../domain/records/same-value.js';
import { decodeRecord } from '../workspace/codec/parse.js';
import { insideWorkspace } from '../workspace/files.js';
import type { Index } from '../workspace/index/index.js';
import { mergedTexts, type RecordFile } from '../workspace/merge/duplicates.js';
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
  /** How many other records named the two, each. */
  timeline: { survivor: number; merged: number };
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
  // Two clones merged the two into each other: naming the one that stays settles it.
  const circle = survivor.data.merged_into !== undefined;
  const nothing = merge.entry.took === undefined;
  if (tombstone && nothing && !circle) {
    throw new ItacaError('conflict', `${other.ref} is merged into ${survivor.ref} already`, {
      path: other.path,
      hint: `to take it back: itaca ${kind} unmerge ${other.id}`,
    });
  }
  if (circle) merge.set.merged_into = undefined;
  const texts = mergedTexts(fileOf(workspace, survivor), fileOf(workspace, other), merge);
  const timeline = {
    survivor: index.naming(survivor.id).filter(({ at }) => at !== null).length,
    merged: index.naming(other.id).filter(({ at }) => at !== null).length,
  };
  await write(
    [
      { op: 'write', path: survivor.path, text: texts.survivor },
      { op: 'write', path: other.path, text: texts.other },
    ],
    {
      subject: `${kind} merge ${survivor.id} ${other.id}`,
      records: [survivor.id, other.id],
      whole: true,
    },
    tools,
  );
  return { survivor, merged: other, took: merge.entry.took ?? {}, left: merge.left, timeline };
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
