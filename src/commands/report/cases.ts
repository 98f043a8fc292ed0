import { openCases } from '../../actions/report-cases.js';
import { bar } from '../../cli/chart.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import { tallyCases } from '../../domain/reports/tally-cases.js';
import { isWithin } from '../../domain/time/period.js';
import { age, caseColumns } from '../shared/case-columns.js';
import type { Row } from '../shared/columns.js';
import { knownMember, knownOffice } from '../shared/known.js';
import { failWhere, periodOf } from '../shared/print-report.js';

interface Options {
  owner?: string;
  office?: string;
  overdue?: boolean;
  since?: string;
  until?: string;
  groupBy?: string;
  failIfAny?: boolean;
}

export const run: Handler = async (cli, [words], given) => {
  const options = given as Options;
  const { overdue, groupBy } = options;
  const query = await cli.query(words as string[]);
  const period = await periodOf(cli, options);
  const owner = options.owner === undefined ? undefined : await knownMember(cli, options.owner);
  const office = options.office === undefined ? undefined : await knownOffice(cli, options.office);
  const rows = (await openCases(await cli.workspace(), query))
    .filter((row) => owner === undefined || row.owner === owner)
    .filter((row) => office === undefined || row.office === office)
    .filter((row) => !overdue || row.overdue)
    .filter((row) => isWithin(period, Date.parse(row.opened_at)));
  await cli.warnOfProblems();
  if (groupBy === undefined) await cli.output.list(rows as unknown as Row[], caseColumns, 'no case is open');
  else {
    const counts: Row[] = tallyCases(rows, groupBy).map(({ group, ...count }) => ({
      [groupBy]: group,
      ...count,
    }));
    await cli.output.list(counts, countColumns(groupBy, rows.length), 'no case is open');
  }
  failWhere(rows.length > 0, options);
};

function countColumns(key: string, all: number): Column<Row>[] {
  return [
    { key, style: 'bold', show: (row) => String(row[key] ?? '–') },
    { key: 'open', show: (row) => `${String(row.open).padStart(4)} ${bar(Number(row.open) / all, 12)}` },
    { key: 'overdue', style: 'red' },
    { key: 'oldest_hours', title: 'oldest', show: (row) => age(Number(row.oldest_hours)) },
  ];
}
