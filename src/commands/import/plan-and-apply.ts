import type { Tools } from '../../actions/tools.js';
import type { Cli } from '../../cli/context.js';

/** A bulk write asks first. */
const bulkFrom = 3;

interface Plan<Report> {
  report: Report;
  changes: readonly unknown[];
}

interface Importing<P extends Plan<unknown>> {
  plan(tools: Tools): Promise<P>;
  apply(plan: P, tools: Tools): Promise<void>;
  question(report: P['report']): string;
  /** Tells what is about to be written, or was. */
  explain(report: P['report']): void;
}

/** Plans an import, asks where it writes much and somebody can be asked, and carries it out. */
export async function planAndApply<P extends Plan<unknown>>(
  cli: Cli,
  { plan, apply, question, explain }: Importing<P>,
): Promise<P['report']> {
  if (!cli.globals.yes && !cli.dryRun) {
    // Nobody is kept from writing while a person thinks; the plan is made again once he has said yes.
    const tools = await cli.tools();
    const { report, changes } = await plan(tools);
    if (changes.length >= bulkFrom) {
      if (cli.interactive) explain(report);
      await tools.confirm(question(report));
    }
  }
  const { report } = await cli.act(async (tools) => {
    const planned = await plan(tools);
    await apply(planned, tools);
    return planned;
  });
  if (cli.globals.yes || cli.dryRun || !cli.interactive) explain(report);
  return report;
}
