import type { Tools } from '../../actions/tools.js';
import type { Cli } from '../../cli/context.js';

/** A bulk write asks first. */
const bulkFrom = 3;

interface Importing<Plan extends { report: Report; changes: readonly unknown[] }, Report> {
  plan(tools: Tools): Promise<Plan>;
  apply(plan: Plan, tools: Tools): Promise<void>;
  question(report: Report): string;
  /** Tells what is about to be written, or was. */
  explain(report: Report): void;
}

/** Plans an import, asks where it writes much and somebody can be asked, and carries it out. */
export async function planAndApply<Plan extends { report: Report; changes: readonly unknown[] }, Report>(
  cli: Cli,
  { plan, apply, question, explain }: Importing<Plan, Report>,
): Promise<Report> {
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
