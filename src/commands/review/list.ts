import { listFindings } from '../../actions/reviews.js';
import type { Handler } from '../../cli/spec.js';
import { type Row, shortTime } from '../shared/columns.js';
import { periodOf } from '../shared/print-report.js';

export const run: Handler = async (cli, _args, options) => {
  const wanted = options as { by?: string; case?: string; since?: string; until?: string };
  const period = await periodOf(cli, wanted);
  const findings = await listFindings(await cli.workspace(), {
    ...(wanted.by ? { by: wanted.by } : {}),
    ...(wanted.case ? { case: wanted.case } : {}),
    period,
  });
  await cli.warnOfProblems();
  await cli.output.list(
    findings as unknown as Row[],
    [
      { key: 'id', style: 'cyan' },
      { key: 'at', show: (row) => shortTime(row.at) },
      { key: 'by' },
      { key: 'case', flex: true, show: (row) => String(row.title ?? row.case ?? '–') },
      { key: 'outcome', style: 'yellow', optional: true },
      { key: 'finding', style: 'bold', flex: true },
    ],
    'no finding is on file',
  );
};
