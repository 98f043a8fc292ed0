import { reportPipeline } from '../../actions/reports/pipeline.js';
import { shareBar } from '../../cli/chart.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import { type Row, sumsText } from '../shared/columns.js';
import { failWhere, periodOf, printReport, type ReportOptions } from '../shared/print-report.js';

const now: Column<Row>[] = [
  { key: 'deals' },
  { key: 'value', show: (row) => sumsText(row.value) },
  { key: 'weighted', show: (row) => sumsText(row.weighted) },
  { key: 'unvalued', title: 'no value', optional: true },
  { key: 'unweighted', hidden: true },
  { key: 'median_days', title: 'days', show: (row) => days(row.median_days) },
  { key: 'oldest_days', title: 'oldest', show: (row) => days(row.oldest_days) },
  { key: 'overdue', title: 'late', style: 'red' },
];

const ofStages: Column<Row>[] = [
  { key: 'entered' },
  { key: 'advanced' },
  { key: 'lost' },
  { key: 'staying', hidden: true },
  { key: 'conversion', title: 'went on', show: (row) => shareBar(row.conversion) },
];

const ofGroups: Column<Row>[] = [
  { key: 'opened' },
  { key: 'won' },
  { key: 'lost' },
  { key: 'win_rate', title: 'won of ended', show: (row) => shareBar(row.win_rate) },
  { key: 'won_value', title: 'worth', optional: true, show: (row) => sumsText(row.won_value) },
  { key: 'lost_value', hidden: true },
];

const lostColumns: Column<Row>[] = [
  { key: 'reason', style: 'bold', flex: true, show: (row) => String(row.reason ?? '–') },
  { key: 'deals' },
  { key: 'share', show: (row) => shareBar(row.share) },
  { key: 'value', show: (row) => sumsText(row.value) },
];

export const run: Handler = async (cli, _args, given) => {
  const options = given as unknown as ReportOptions & { lost?: boolean };
  const { groupBy } = options;
  const period = await periodOf(cli, options);
  const { groups, ...more } = await reportPipeline(await cli.workspace(), period, groupBy);
  if (options.lost) {
    await cli.warnOfProblems();
    await cli.output.list(more.lost_reasons as unknown as Row[], lostColumns, 'no deal was lost');
  } else {
    const columns = [...now, ...(groupBy === 'stage' ? ofStages : ofGroups)];
    await printReport(cli, { period, groupBy, groups, more, columns, empty: 'no deal is on file' });
  }
  failWhere(more.total.overdue > 0, options);
};

function days(value: unknown): string {
  return typeof value === 'number' ? `${Math.round(value)} d` : '';
}
