import { reportCauses } from '../../actions/reports/causes.js';
import { shareBar, sparkline } from '../../cli/chart.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import { type Row, sumsText } from '../shared/columns.js';
import { failWhere, periodOf, printReport, type ReportOptions } from '../shared/print-report.js';

const columns: Column<Row>[] = [
  { key: 'cases' },
  { key: 'share', show: (row) => shareBar(row.share) },
  { key: 'confirmed', title: 'by his word', optional: true },
  { key: 'reopened', style: 'yellow', optional: true },
  { key: 'costs', show: (row) => sumsText(row.costs) },
  { key: 'costs_unread', title: 'cost unclear', style: 'yellow', optional: true },
  { key: 'trend', title: 'by month', show: (row) => sparkline(row.trend as number[]) },
  { key: 'refs', hidden: true },
];

export const run: Handler = async (cli, _args, given) => {
  const options = given as unknown as ReportOptions;
  const { groupBy } = options;
  const period = await periodOf(cli, options);
  const { groups, total, months } = await reportCauses(await cli.workspace(), period, groupBy);
  const more = { months, total: { ...total, refs: undefined } };
  await printReport(cli, { period, groupBy, groups, more, columns, empty: 'no case was solved' });
  failWhere(total.cases > 0, options);
};
