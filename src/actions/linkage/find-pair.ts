import { ItacaError } from '../../domain/error.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { findRecord } from '../find-record.js';
import type { LinkedKind } from './read-facts.js';

export type LinkedRecord = StoredRecord & { kind: LinkedKind };

/**
 * Two contacts, or two companies, by any reference.
 * @throws ItacaError `usage` for one record named twice or two kinds
 */
export async function findPair(
  workspace: Workspace,
  refA: string,
  refB: string,
): Promise<[LinkedRecord, LinkedRecord]> {
  const find = async (who: string) =>
    (await findRecord(workspace, who, ['contact', 'company'])) as LinkedRecord;
  const [a, b] = [await find(refA), await find(refB)];
  if (a.id === b.id) {
    throw new ItacaError('usage', `"${refA}" and "${refB}" are one record, ${a.ref}`, {
      hint: 'name each by its id',
    });
  }
  if (a.kind !== b.kind)
    throw new ItacaError('usage', `${a.ref} is a ${a.kind}, ${b.ref} a ${b.kind}: they are never one`);
  return [a, b];
}
