import { reportSla } from '../../actions/reports/sla.js';
import { shareBar } from '../../cli/chart.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import { type LevelKey, levelKeys } from '../../domain/cases/service-level.js';
import { ItacaError } from '../../domain/error.js';
import { statedPeriod } from '../../domain/time/period.js';
import { hours, type Row } from '../shared/columns.js';
import { failWhere, periodOf } from '../shared/print-report.js';

interface Options {
  since?: string;
  until?: string;
  groupBy: string;
  failIfAny?: boolean;
}

const numbers: Column<Row>[] = [
  { key: 'clock', style: 'yellow', show: (row) => String(row.clock).replaceAll('_', ' ') },
  { key: 'met', style: 'green' },
  { key: 'breached', style: 'red' },
  { key: 'due', title: 'running' },
  { key: 'share_met', title: 'in time', show: (row) => shareBar(row.share_met) },
  { key: 'median_minutes', title: 'median', show: (row) => hours(row.median_minutes) },
  { key: 'p90_minutes', title: '90 %', show: (row) => hours(row.p90_minutes) },
  { key: 'paused', flex: true, optional: true, show: (row) => reasons(row.paused as Record<string, number>) },
];

export const run: Handler = async (cli, [words], given) => {
  const options = given as unknown as Options;
  const query = await cli.query(words as string[]);
  const period = await periodOf(cli, options);
  const workspace = await cli.workspace();
  const keys = keysOf(options.groupBy);
  const levels = await reportSla(workspace, { query, groupBy: keys, period });
  const rows: Row[] = levels.map(({ group, ...level }) => ({ ...group, ...level }));
  await cli.warnOfProblems();
  if (cli.output.json && cli.globals.fields === undefined) {
    await cli.output.thing({
      ...statedPeriod(period, workspace.clock.timeZone),
      group_by: keys,
      groups: rows,
    });
  } else {
    const named = keys.map(
      (key): Column<Row> => ({ key, style: 'bold', show: (row) => String(row[key] ?? '–') }),
    );
    await cli.output.list(rows, [...named, ...numbers], 'no case had a deadline');
  }
  failWhere(
    levels.some(({ breached }) => breached > 0),
    options,
  );
};

function keysOf(text: string): LevelKey[] {
  const keys = text.split(',').map((key) => key.trim());
  const unknown = keys.find((key) => !(levelKeys as readonly string[]).includes(key));
  if (unknown === undefined) return keys as LevelKey[];
  throw new ItacaError('usage', `--group-by ${unknown}: there are ${levelKeys.join(', ')}`);
}

function reasons(paused: Record<string, number>): string {
  return Object.entries(paused)
    .sort(([, a], [, b]) => b - a)
    .map(([why, times]) => `${times} × ${why}`)
    .join(', ');
}
