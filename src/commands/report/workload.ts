import { reportWorkload } from '../../actions/reports/workload.js';
import { sparkline } from '../../cli/chart.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import type { Row } from '../shared/columns.js';
import { boundedPeriodOf, failWhere, printReport, type ReportOptions } from '../shared/print-report.js';

/** A longer period shows its last half year; all of it stands in `--json`. */
const shownWeeks = 26;

const columns: Column<Row>[] = [
  { key: 'open_cases', title: 'cases' },
  { key: 'overdue_cases', title: 'late', style: 'red' },
  { key: 'open_promises', title: 'promises' },
  { key: 'overdue_promises', title: 'late', style: 'red' },
  {
    key: 'promised_minutes',
    title: 'promised',
    optional: true,
    show: (row) => hours(Number(row.promised_minutes)),
  },
  { key: 'due_soon', title: 'in 7 days' },
  { key: 'minutes', title: 'logged', show: (row) => hours(Number(row.minutes)) },
  { key: 'inbound', hidden: true },
  { key: 'arrivals', hidden: true },
  { key: 'completions', hidden: true },
  { key: 'arrivals_per_week', title: 'new / week' },
  { key: 'completions_per_week', title: 'done / week' },
  { key: 'inbound_per_week', title: 'contacts / week', optional: true },
  {
    key: 'trend',
    title: 'new by week',
    show: (row) => sparkline((row.trend as number[]).slice(-shownWeeks)),
  },
];

const flowColumns: Column<Row>[] = [
  { key: 'from', style: 'bold', show: (row) => String(row.from ?? '–') },
  { key: 'to', style: 'bold', show: (row) => String(row.to ?? '–') },
  { key: 'opened' },
  { key: 'handed_over', title: 'handed over' },
  { key: 'asked' },
  { key: 'total' },
];

export const run: Handler = async (cli, _args, given) => {
  const options = given as unknown as ReportOptions & { flows?: boolean };
  const { groupBy } = options;
  const period = await boundedPeriodOf(cli, options, '4w');
  const { groups, flows } = await reportWorkload(await cli.workspace(), period, groupBy);
  if (options.flows) {
    await cli.warnOfProblems();
    await cli.output.list(flows as unknown as Row[], flowColumns, 'nobody made work for anybody else');
  } else {
    const more = { flows };
    await printReport(cli, { period, groupBy, groups, more, columns, empty: 'nobody has anything to do' });
  }
  failWhere(
    groups.some((group) => group.overdue_cases + group.overdue_promises > 0),
    options,
  );
};

/** Minutes as people say them: `40 min`, `12.5 h`. */
function hours(minutes: number): string {
  return minutes < 120 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 6) / 10} h`;
}
