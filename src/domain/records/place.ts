import { slug } from './ids.js';
import { folders, type Kind } from './kind-names.js';

/** Above this many records of a kind its folder is split: git rewrites a folder's whole tree with each commit. */
export const shardFrom = 5000;

/**
 * Where a new record goes, relative to the workspace.
 * @param title its slug makes the file name readable
 * @param sharded whether the kind is large
 * @param at ISO 8601 in the workspace's zone; interactions lie by year and month
 */
export function placeRecord(kind: Kind, id: string, title: string, sharded: boolean, at?: string): string {
  const stem = title === '' ? id : `${slug(title, kind)}-${id}`;
  const folder = folders[kind];
  if (kind === 'campaign') return `${folder}/${stem}/campaign.md`;
  if (kind === 'interaction' && at !== undefined) {
    const [year, month, day] = [at.slice(0, 4), at.slice(5, 7), at.slice(8, 10)];
    return `${folder}/${year}/${month}/${sharded ? `${day}/` : ''}${stem}.md`;
  }
  return sharded ? `${folder}/${id.slice(0, 2)}/${stem}.md` : `${folder}/${stem}.md`;
}
