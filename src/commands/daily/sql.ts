import type { Handler } from '../../cli/spec.js';
import { select } from '../../workspace/query/select.js';

export const run: Handler = async (cli, [statement]) => {
  const index = await (await cli.workspace()).index();
  const { columns, rows } = select(index.db, statement as string);
  await cli.warnOfProblems();
  await cli.output.list(
    rows,
    columns.map((key) => ({ key })),
    'no rows',
  );
};
