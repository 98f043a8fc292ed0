import { type Gap, reportGaps } from '../../actions/reports/gaps.js';
import { bar } from '../../cli/chart.js';
import type { Cli } from '../../cli/context.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import { groupsOf } from '../../domain/reports/group.js';
import { idColumn, type Row, shortTime } from '../shared/columns.js';
import { knownOffice } from '../shared/known.js';
import { failWhere, periodOf } from '../shared/print-report.js';

interface Options {
  since?: string;
  until?: string;
  office?: string;
  groupBy?: string;
  failIfAny?: boolean;
}

export const run: Handler = async (cli, _args, given) => {
  const options = given as Options;
  const period = await periodOf(cli, options);
  const wanted = options.office === undefined ? undefined : await knownOffice(cli, options.office);
  const gaps = (await reportGaps(await cli.workspace(), period)).filter(
    ({ office }) => wanted === undefined || office === wanted,
  );
  await cli.warnOfProblems();
  const { groupBy } = options;
  if (groupBy === undefined) await list(cli, gaps);
  else
    await cli.output.list(tallyOf(gaps, groupBy), countColumns(groupBy, gaps.length), 'nothing is missing');
  failWhere(gaps.length > 0, options);
};

async function list(cli: Cli, gaps: Gap[]): Promise<void> {
  await cli.output.list(
    gaps as unknown as Row[],
    [
      idColumn,
      { key: 'at', title: 'should have been', show: (row) => shortTime(row.at) },
      { key: 'gap', style: 'red', show: (row) => String(row.gap).replaceAll('_', ' ') },
      { key: 'what', style: 'bold', flex: true },
      { key: 'who', show: (row) => String(row.who ?? '–') },
      { key: 'for', flex: true },
      { key: 'done_at', title: 'done', optional: true, show: (row) => shortTime(row.done_at) },
      { key: 'office', hidden: true },
    ],
    'nothing is missing',
  );
}

/** How many gaps there are of each kind, of each member, in each month; the most first. */
function tallyOf(gaps: readonly Gap[], key: string): Row[] {
  const groupOf = (gap: Gap) =>
    key === 'month' ? gap.at.slice(0, 7) : key === 'gap' ? gap.gap : key === 'who' ? gap.who : gap.office;
  return groupsOf(gaps, groupOf)
    .map(({ group, items }) => ({
      [key]: group,
      gaps: items.length,
      missing: items.filter(({ done_at }) => done_at === null).length,
      oldest: items[0]?.at ?? null,
    }))
    .sort((a, b) => (key === 'month' ? 0 : b.gaps - a.gaps));
}

function countColumns(key: string, all: number): Column<Row>[] {
  return [
    { key, style: 'bold', show: (row) => String(row[key] ?? '–').replaceAll('_', ' ') },
    { key: 'gaps', show: (row) => `${String(row.gaps).padStart(4)} ${bar(Number(row.gaps) / all, 12)}` },
    { key: 'missing', title: 'still missing', style: 'red' },
    { key: 'oldest', show: (row) => shortTime(row.oldest) },
  ];
}
