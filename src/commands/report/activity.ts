import { reportActivity } from '../../actions/reports/activity.js';
import { printable } from '../../cli/io.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import type { Grouped } from '../../domain/reports/group.js';
import type { Activity, TouchedCase } from '../../domain/reports/tally-activity.js';
import { statedPeriod } from '../../domain/time/period.js';
import { type Row, shortTime } from '../shared/columns.js';
import { boundedPeriodOf, failWhere, printReport, type ReportOptions } from '../shared/print-report.js';

const columns: Column<Row>[] = [
  'inbound',
  'outbound',
  'internal',
  'minutes',
  'cases_opened',
  'cases_moved',
  'cases_ended',
  'promises_made',
  'promises_kept',
  'messages_sent',
].map((key) => ({ key }));

/** A digest names so many cases of each sort. */
const named = 10;

export const run: Handler = async (cli, _args, given) => {
  const options = given as unknown as ReportOptions;
  const { groupBy } = options;
  const period = await boundedPeriodOf(cli, options, '24h');
  const workspace = await cli.workspace();
  const groups = await reportActivity(workspace, period, groupBy, (message) => cli.warn(message));
  const { json, csv, fields } = cli.globals;
  if (json || csv || fields !== undefined) {
    await printReport(cli, { period, groupBy, groups, columns, empty: 'nothing happened' });
  } else {
    // A digest is read by people wherever it goes: what cron mails is no terminal.
    await cli.warnOfProblems();
    const { since } = statedPeriod(period, workspace.clock.timeZone);
    if (groups.length === 0) cli.note(`nothing happened since ${shortTime(since)}`);
    else await cli.output.page(digest(groups, shortTime(since), groupBy, cli.io.color.bold));
  }
  failWhere(groups.length > 0, options);
};

function digest(
  groups: Grouped<Activity>[],
  since: string,
  groupBy: string,
  bold: (text: string) => string,
): string {
  const parts = groups.map((group) =>
    [
      bold(printable(group.group ?? `no ${groupBy} on file`)),
      ...linesOf(group).map((line) => `  ${line}`),
    ].join('\n'),
  );
  return [`Since ${since}`, ...parts].join('\n\n');
}

function linesOf(row: Activity): string[] {
  const lines: string[] = [];
  const channels = Object.entries(row.channels).map(
    ([channel, ways]) => `${channel} ${wordsFor(ways, { inbound: 'in', outbound: 'out' })}`,
  );
  const minutes = row.minutes > 0 ? ` (${Math.round(row.minutes)} min)` : '';
  if (channels.length > 0) lines.push(`contacts: ${printable(channels.join('; '))}${minutes}`);
  const cases = wordsFor({ opened: row.cases_opened, moved: row.cases_moved, ended: row.cases_ended }, {});
  if (cases !== '')
    lines.push(`cases: ${cases}`, ...casesNamed('opened', row.opened), ...casesNamed('ended', row.ended));
  const promises = wordsFor({ made: row.promises_made, kept: row.promises_kept }, {});
  if (promises !== '') lines.push(`promises: ${promises}`);
  for (const { title, messages } of row.sent) lines.push(`sent: ${printable(title)}, ${messages} messages`);
  return lines;
}

/** `3 in, 2 out`: the counts that are not nought. */
function wordsFor(counts: Record<string, number>, words: Record<string, string>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${words[what] ?? what}`)
    .join(', ');
}

function casesNamed(what: 'opened' | 'ended', cases: readonly TouchedCase[]): string[] {
  const lines = cases
    .slice(0, named)
    .map(({ ref, title, to }) => `  ${what === 'opened' ? what : to}: ${printable(title)} (${ref})`);
  return cases.length > named ? [...lines, `  and ${cases.length - named} more ${what}`] : lines;
}
