import { createHash } from 'node:crypto';
import { idFromBytes } from './ids.js';

/**
 * The id of what a machine makes: the same in every clone that does the same work, so that it merges without doubles.
 * @param workspaceId of `itaca.yaml`
 * @param kind of the record, or what the id is of
 * @param key what identifies the source
 */
export function derivedId(workspaceId: string, kind: string, key: string): string {
  return idFromBytes(createHash('sha256').update(`${workspaceId}\0${kind}\0${key}`).digest());
}
