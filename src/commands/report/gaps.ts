import { reportGaps } from '../../actions/reports/gaps.js';
import type { Handler } from '../../cli/spec.js';
import { type Row, shortTime } from '../shared/columns.js';
import { failWhere, periodOf } from '../shared/print-report.js';

interface Options {
  since?: string;
  until?: string;
  office?: string;
  failIfAny?: boolean;
}

export const run: Handler = async (cli, _args, given) => {
  const options = given as Options;
  const period = await periodOf(cli, options);
  const gaps = (await reportGaps(await cli.workspace(), period)).filter(
    ({ office }) => options.office === undefined || office === options.office,
  );
  await cli.warnOfProblems();
  await cli.output.list(
    gaps as unknown as Row[],
    [
      { key: 'at', title: 'should have been', style: 'cyan', show: (row) => shortTime(row.at) },
      { key: 'gap', style: 'red', show: (row) => String(row.gap).replaceAll('_', ' ') },
      { key: 'what', style: 'bold', flex: true },
      { key: 'who', show: (row) => String(row.who ?? '–') },
      { key: 'for', flex: true },
      { key: 'done_at', title: 'done', optional: true, show: (row) => shortTime(row.done_at) },
      { key: 'office', hidden: true },
      { key: 'ref', style: 'dim', flex: true, optional: true },
    ],
    'nothing is missing',
  );
  failWhere(gaps.length > 0, options);
};
