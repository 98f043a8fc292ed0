import type { Cli } from '../../cli/context.js';
import type { Column } from '../../cli/output.js';
import { ItacaError } from '../../domain/error.js';
import type { Grouped } from '../../domain/reports/group.js';
import { type BoundedPeriod, type Period, readPeriod, statedPeriod } from '../../domain/time/period.js';
import type { Row } from './columns.js';

/** The shared options as they were typed. */
export interface ReportOptions {
  since?: string;
  until?: string;
  groupBy: string;
  failIfAny?: boolean;
}

/** The period that a report is asked for, without an end where none was named. */
export async function periodOf(
  cli: Cli,
  { since, until }: { since?: string | undefined; until?: string | undefined },
): Promise<Period> {
  return readPeriod({ since, until }, (await cli.workspace()).clock);
}

/**
 * The period that a report is asked for; up to now, what happens now included, where no end was named.
 * @param from when it begins where that was not named, as people type it
 */
export async function boundedPeriodOf(
  cli: Cli,
  { since, until }: { since?: string | undefined; until?: string | undefined },
  from: string,
): Promise<BoundedPeriod> {
  const { clock } = await cli.workspace();
  const period = readPeriod({ since: since ?? from, until }, clock);
  const bounded = { since: period.since ?? clock.now(), until: period.until ?? clock.now() + 1 };
  if (bounded.since < bounded.until) return bounded;
  throw new ItacaError('usage', `${since} is still to come`, { hint: 'a report looks back' });
}

export interface PrintedReport {
  period: Period;
  groupBy: string;
  groups: Grouped<object>[];
  /** What the report says beside its groups; only in JSON. */
  more?: Record<string, unknown>;
  /** Of the numbers; the column of the group is put before them. */
  columns: Column<Row>[];
  empty: string;
}

/**
 * Prints a report: a table or lines, one for each group; as JSON an object with the period, the groups and all else
 * that the report found. With `--fields` JSON holds the groups alone.
 */
export async function printReport(
  cli: Cli,
  { period, groupBy, groups, more, columns, empty }: PrintedReport,
): Promise<void> {
  const rows: Row[] = groups.map(({ group, ...numbers }) => ({ [groupBy]: group, ...numbers }));
  await cli.warnOfProblems();
  if (cli.output.json && cli.globals.fields === undefined) {
    const { timeZone } = (await cli.workspace()).clock;
    await cli.output.thing({ ...statedPeriod(period, timeZone), group_by: groupBy, groups: rows, ...more });
    return;
  }
  const named: Column<Row> = {
    key: groupBy,
    style: 'bold',
    flex: true,
    show: (row) => String(row.name ?? row[groupBy] ?? '–'),
  };
  await cli.output.list(rows, [named, ...columns], empty);
}

/** Lets a report fail for cron where it found something and was asked to. */
export function failWhere(found: boolean, { failIfAny }: { failIfAny?: boolean | undefined }): void {
  if (failIfAny && found) process.exitCode = 1;
}
