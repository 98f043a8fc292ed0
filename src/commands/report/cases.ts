import { openCases } from '../../actions/report-cases.js';
import type { Handler } from '../../cli/spec.js';
import { caseColumns } from '../shared/case-columns.js';
import type { Row } from '../shared/columns.js';

interface Options {
  owner?: string;
  office?: string;
  overdue?: boolean;
  failIfAny?: boolean;
}

export const run: Handler = async (cli, _args, options) => {
  const { owner, office, overdue, failIfAny } = options as Options;
  const rows = (await openCases(await cli.workspace()))
    .filter((row) => owner === undefined || row.owner === owner)
    .filter((row) => office === undefined || row.office === office)
    .filter((row) => !overdue || row.overdue);
  await cli.warnOfProblems();
  await cli.output.list(rows as unknown as Row[], caseColumns, 'no case is open');
  if (failIfAny && rows.length > 0) process.exitCode = 1;
};
