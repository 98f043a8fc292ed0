import { applyUndo, type PlannedUndo, planUndoOf } from '../../actions/undo.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { short } from '../../domain/history/undo-target.js';

/** A bulk write asks first. */
const bulkFrom = 3;
const shownFiles = 6;

export const run: Handler = async (cli, [commit]) => {
  const named = commit as string | undefined;
  let which = named;
  if (!cli.globals.yes && !cli.dryRun) {
    // Nobody is kept from writing while a person thinks; the plan is made again once he has said yes.
    const tools = await cli.tools();
    const planned = await planUndoOf(named, tools);
    if (planned.files.length >= bulkFrom) {
      if (cli.interactive) explain(cli, planned);
      await tools.confirm(`Undo "${planned.target.command}" of ${planned.files.length} files?`);
      // He said yes to this one, not to what somebody may have done meanwhile.
      which = planned.target.commit;
    }
  }
  const { planned, made } = await cli.act(async (tools) => {
    const planned = await planUndoOf(which, tools);
    return { planned, made: await applyUndo(planned, tools) };
  });
  const { target, files, plan } = planned;
  if (cli.dryRun) explain(cli, planned);
  const count = (change: string) => files.filter((file) => file.change === change).length;
  const sums = ['reverted', 'restored', 'removed']
    .filter(count)
    .map((change) => `${count(change)} ${change}`);
  const sentence =
    `${cli.dryRun ? 'would undo' : 'undone'}: ${target.command}, by ${target.actor}, ${target.at}: ${sums.join(', ')}` +
    `${made ? `\nto have it again: itaca undo ${short(made)}` : ''}`;
  const { commit: undoes, command, actor, at } = target;
  await cli.output.outcome(
    { undoes, command, actor, at, commit: made ?? null, files, ledgers_kept: plan.ledgers },
    sentence,
    made ?? sentence,
  );
};

function explain(cli: Cli, { files }: PlannedUndo): void {
  const shown = cli.dryRun ? files : files.slice(0, shownFiles);
  for (const { change, path } of shown) cli.note(printable(`${change} ${path}`));
  if (files.length > shown.length) cli.note(`… and ${files.length - shown.length} more; see --dry-run`);
}
