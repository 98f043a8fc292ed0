import { reportPromises } from '../../actions/reports/promises.js';
import { shareBar } from '../../cli/chart.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import { type Row, shortTime, stem } from '../shared/columns.js';
import { failWhere, periodOf, printReport, type ReportOptions } from '../shared/print-report.js';

const columns: Column<Row>[] = [
  { key: 'made' },
  { key: 'kept', style: 'green' },
  { key: 'kept_late', title: 'late', style: 'yellow' },
  { key: 'broken', style: 'red' },
  { key: 'open' },
  { key: 'cancelled', optional: true },
  { key: 'share_kept', title: 'kept of those due', show: (row) => shareBar(row.share_kept) },
  { key: 'share_in_time', title: 'in time', optional: true, show: (row) => shareBar(row.share_in_time) },
];

const brokenColumns: Column<Row>[] = [
  { key: 'id', style: 'cyan' },
  { key: 'due', show: (row) => shortTime(row.due) },
  { key: 'state', style: 'yellow', show: (row) => (row.state === 'kept' ? 'kept late' : String(row.state)) },
  { key: 'what', style: 'bold', flex: true },
  { key: 'to', flex: true, show: (row) => String(row.name ?? stem(row.to)) },
  { key: 'by' },
  { key: 'proof_at', title: 'customer came back', show: (row) => shortTime(row.proof_at) },
  { key: 'proof', hidden: true },
];

export const run: Handler = async (cli, _args, given) => {
  const options = given as unknown as ReportOptions & { list?: boolean };
  const { groupBy } = options;
  const period = await periodOf(cli, options);
  const { groups, total, broken } = await reportPromises(await cli.workspace(), period, groupBy);
  if (options.list) {
    await cli.warnOfProblems();
    await cli.output.list(broken as unknown as Row[], brokenColumns, 'no promise was broken');
  } else {
    const more = { total, broken };
    await printReport(cli, { period, groupBy, groups, more, columns, empty: 'nothing was promised' });
  }
  failWhere(total.broken > 0, options);
};
