import { select } from '../workspace/query/select.js';
import type { Workspace } from '../workspace/workspace.js';

/**
 * Runs one read-only select over the index.
 * @throws ItacaError `usage` for anything but a select, or with what SQLite said
 */
export async function selectRows(workspace: Workspace, statement: string) {
  return select((await workspace.index()).db, statement);
}
