import { allRows, type RowCounts } from '../../actions/export/all-rows.js';
import type { Cli } from '../../cli/context.js';
import { ItacaError } from '../../domain/error.js';
import type { Workspace } from '../../workspace/workspace.js';
import { refusePlace, tellOutcome } from './hand-out.js';

/**
 * Exports a whole workspace, all records and ledgers, to a place that is not there yet.
 * @throws ItacaError `usage` where no place is named, or something is there
 */
export async function exportWorkspace(
  cli: Cli,
  format: string,
  { out }: { out?: string },
  write: (workspace: Workspace, out: string) => Promise<RowCounts>,
): Promise<void> {
  if (out === undefined)
    throw new ItacaError('usage', 'this export is a file or folder of its own', { hint: 'name it with -o' });
  refusePlace(cli, out);
  const workspace = await cli.workspace();
  await workspace.index();
  await cli.warnOfProblems();
  const nowhere = { table() {}, row() {}, line() {} };
  const counts = cli.dryRun ? await allRows(workspace, nowhere) : await write(workspace, out);
  await tellOutcome(cli, format, out, { ...counts });
}
