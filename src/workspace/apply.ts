import { readFileSync, rmSync, statSync } from 'node:fs';
import { ItacaError } from '../domain/error.js';
import { isId } from '../domain/records/ids.js';
import type { Kind } from '../domain/records/kind-names.js';
import { schemaKeys, validate } from '../domain/records/kinds.js';
import { asWriteError } from '../domain/write-error.js';
import { editRecord } from './codec/edit.js';
import { formatRecord } from './codec/format.js';
import { decodeRecord, parseRecord } from './codec/parse.js';
import { fsyncFolder, insideWorkspace, writeFileAtomic } from './files.js';
import { isKnownKey } from './index/row.js';
import { beginBulk, endBulk } from './pending.js';
import type { Change } from './records.js';

/** What a change leaves in the file; null where the file goes away. */
export interface Written {
  path: string;
  content: Buffer | null;
}

/** Up to this many files each is made durable by itself; above it, once for all. */
const bulkFrom = 32;

/**
 * Writes a whole plan. Every text is worked out before the first byte is written, so that an invalid change writes
 * nothing. Call it while holding the workspace's lock.
 * @param label of the command, for the marker that a crash in a bulk write leaves behind
 * @param crash what happens to it after a crash: `whole` puts all back as the last commit has it, since half of it would
 *   be wrong; `kept` commits also a few files, which nobody would write again since they say already what they should
 */
export function applyChanges(
  root: string,
  changes: Iterable<Change>,
  label: string,
  crash: 'whole' | 'kept' | 'as is' = 'as is',
): Written[] {
  const written: Written[] = [];
  for (const change of changes) {
    const content = change.op === 'restore' ? change.content : textAfter(root, change);
    written.push({ path: change.path, content: content === null ? null : Buffer.from(content) });
  }
  const bulk = written.length > (crash === 'as is' ? bulkFrom : crash === 'whole' ? 1 : 0);
  if (bulk) beginBulk(root, { label, whole: crash === 'whole' }, written);
  for (const { path, content } of written) {
    if (content === null) removeFile(root, path, !bulk);
    else writeFileAtomic(root, path, content, { durable: !bulk });
  }
  if (bulk) endBulk(root);
  return written;
}

/** Makes a file what it was, or takes it away, as a part of a bulk write. */
export function restoreFile(root: string, path: string, content: Buffer | null): void {
  if (content === null) removeFile(root, path, false);
  else writeFileAtomic(root, path, content, { durable: false });
}

/** The text a change leads to; checked against the kind's schema. */
export function textAfter(root: string, change: Exclude<Change, { op: 'restore' }>): string | null {
  switch (change.op) {
    case 'remove':
      return null;
    case 'write':
      return change.text;
    case 'create': {
      refuseInvalid(change.kind, change.path, change.data, Object.keys(change.data));
      if (!isId(change.id)) throw new Error(`not an id: ${change.id}`);
      return formatRecord(change.data, change.note, schemaKeys(change.kind));
    }
    case 'update': {
      const known = isKnownKey(change.kind);
      const text = decodeRecord(readRecordFile(root, change.path), change.path);
      const record = parseRecord(text, change.path, known);
      const set: Record<string, unknown> = { ...change.set };
      for (const [key, items] of Object.entries(change.append ?? {})) {
        const before = record.data[key];
        set[key] = [...(Array.isArray(before) ? before : before === undefined ? [] : [before]), ...items];
      }
      const after = editRecord(record, change.path, set, {
        isKnown: known,
        order: schemaKeys(change.kind),
        ...(change.note === undefined ? {} : { note: change.note }),
      });
      const { data } = parseRecord(after, change.path, known);
      refuseInvalid(change.kind, change.path, data, Object.keys(set));
      return after;
    }
  }
}

function readRecordFile(root: string, path: string): Buffer {
  try {
    return readFileSync(insideWorkspace(root, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new ItacaError('conflict', 'the record was moved or removed meanwhile', {
      path,
      hint: 'run the command again',
    });
  }
}

/** Only what this change wrote can refuse it: an old mistake elsewhere in the record is not its business. */
function refuseInvalid(kind: Kind, path: string, data: Record<string, unknown>, touched: string[]): void {
  const { issues } = validate(kind, data);
  const issue = issues.find(
    ({ at }) => at.length === 0 || touched.includes(String(at[0])) || !(String(at[0]) in data),
  );
  if (!issue) return;
  throw new ItacaError('invalid', `${issue.at.join('.')}: ${issue.message}`.replace(/^: /, ''), { path });
}

function removeFile(root: string, path: string, durable: boolean): void {
  const file = insideWorkspace(root, path);
  try {
    if (statSync(file, { throwIfNoEntry: false })) rmSync(file);
    if (durable) fsyncFolder(file.slice(0, file.lastIndexOf('/')));
  } catch (error) {
    throw asWriteError(error, path) ?? error;
  }
}
