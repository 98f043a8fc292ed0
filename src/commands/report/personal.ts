import { reportPersonal } from '../../actions/reports/personal.js';
import { shareBar } from '../../cli/chart.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import type { Row } from '../shared/columns.js';
import { failWhere, periodOf, printReport, type ReportOptions } from '../shared/print-report.js';

const columns: Column<Row>[] = [
  { key: 'name', hidden: true },
  { key: 'personal', style: 'green' },
  { key: 'automated', style: 'yellow' },
  { key: 'other', optional: true },
  { key: 'share_personal', title: 'personal', show: (row) => shareBar(row.share_personal) },
];

export const run: Handler = async (cli, _args, given) => {
  const options = given as unknown as ReportOptions;
  const { groupBy } = options;
  const period = await periodOf(cli, options);
  const warn = (message: string) => cli.warn(message);
  const { groups, total } = await reportPersonal(await cli.workspace(), period, groupBy, warn);
  await printReport(cli, { period, groupBy, groups, more: { total }, columns, empty: 'nobody was in touch' });
  failWhere(
    groups.some(({ personal, automated }) => automated > 0 && personal === 0),
    options,
  );
};
