import { reportSendsAfterCancel } from '../../actions/reports/sends-after-cancel.js';
import type { Handler } from '../../cli/spec.js';
import { type Row, shortTime } from '../shared/columns.js';
import { failWhere, periodOf } from '../shared/print-report.js';

interface Options {
  since?: string;
  until?: string;
  failIfAny?: boolean;
}

export const run: Handler = async (cli, _args, given) => {
  const options = given as Options;
  const period = await periodOf(cli, options);
  const found = await reportSendsAfterCancel(await cli.workspace(), period);
  await cli.warnOfProblems();
  await cli.output.list(
    found as unknown as Row[],
    [
      { key: 'at', title: 'left', style: 'cyan', show: (row) => shortTime(row.at) },
      { key: 'name', style: 'bold', flex: true },
      { key: 'address', flex: true, optional: true },
      { key: 'title', title: 'campaign', flex: true },
      { key: 'office', optional: true, show: (row) => String(row.office ?? '–') },
      { key: 'reason', style: 'red', show: (row) => String(row.reason).replaceAll('_', ' ') },
      { key: 'since', show: (row) => shortTime(row.since) },
      { key: 'detail', flex: true, optional: true },
      { key: 'evidence', style: 'dim', flex: true },
      { key: 'ref', hidden: true },
    ],
    'nothing left that was forbidden',
  );
  failWhere(found.length > 0, options);
};
