import { type Part, reportWhoDidWhat } from '../../actions/reports/who-did-what.js';
import type { Handler } from '../../cli/spec.js';
import { type Row, shortTime } from '../shared/columns.js';
import { periodOf } from '../shared/print-report.js';

const names = (parts: unknown) => ((parts ?? []) as Part[]).map(({ by }) => by).join(', ');

const orDash = (key: string) => (row: Row) => String(row[key] || '–');

export const run: Handler = async (cli, _args, given) => {
  const period = await periodOf(cli, given as { since?: string; until?: string });
  const warn = (message: string) => cli.warn(message);
  const rows = await reportWhoDidWhat(await cli.workspace(), period, warn);
  await cli.warnOfProblems();
  // A line of a pipe or of CSV names people; JSON also says when.
  const flat = rows.map((row) => ({
    ...row,
    built_by: names(row.built_by),
    approved_by: names(row.approved_by),
    sent_by: names(row.sent_by),
  }));
  await cli.output.list(
    (cli.output.json ? rows : flat) as unknown as Row[],
    [
      { key: 'title', title: 'campaign', style: 'bold', flex: true },
      { key: 'office', optional: true, show: orDash('office') },
      { key: 'state', optional: true },
      { key: 'requested_by', title: 'asked', show: orDash('requested_by') },
      { key: 'built_by', title: 'built', flex: true, show: orDash('built_by') },
      { key: 'approved_by', title: 'approved', flex: true, show: orDash('approved_by') },
      { key: 'sent_by', title: 'sent by', flex: true, show: orDash('sent_by') },
      { key: 'sent' },
      { key: 'unknown', style: 'yellow', optional: true },
      { key: 'first_sent', hidden: true },
      { key: 'last_sent', title: 'last', show: (row) => shortTime(row.last_sent) },
      { key: 'ref', hidden: true },
    ],
    'no campaign',
  );
};
