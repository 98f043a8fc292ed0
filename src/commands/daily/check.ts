import { checkWorkspace } from '../../actions/check-workspace.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';

export const run: Handler = async (cli, [paths]) => {
  const problems = await checkWorkspace(await cli.workspace(), paths as string[]);
  if (cli.output.json || cli.globals.csv || cli.globals.fields) {
    await cli.output.list(problems, [
      { key: 'path' },
      { key: 'line' },
      { key: 'column' },
      { key: 'message' },
      { key: 'hint', hidden: true },
    ]);
  } else {
    for (const { path, line, column, message } of problems) {
      cli.output.line(
        printable(`${[path, line, column].filter((part) => part !== null).join(':')}: ${message}`),
      );
    }
  }
  if (problems.length > 0) process.exitCode = 1;
};
