import { selectRows } from '../../actions/select-rows.js';
import type { Handler } from '../../cli/spec.js';

export const run: Handler = async (cli, [statement]) => {
  const { columns, rows } = await selectRows(await cli.workspace(), statement as string);
  await cli.warnOfProblems();
  await cli.output.list(
    rows,
    columns.map((key) => ({ key })),
    'no rows',
  );
};
