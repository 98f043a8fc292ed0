import { reportSends, type SentMessage } from '../../actions/reports/sends.js';
import type { Handler } from '../../cli/spec.js';
import { type Grouped, groupsOf } from '../../domain/reports/group.js';
import { type Row, shortTime } from '../shared/columns.js';
import { periodOf, printReport } from '../shared/print-report.js';

interface Options {
  since?: string;
  until?: string;
  groupBy?: string;
}

const groupKeys: Record<string, (message: SentMessage) => string | null> = {
  campaign: ({ campaign }) => campaign,
  office: ({ office }) => office,
  customer: ({ ref }) => ref,
  month: ({ at }) => at.slice(0, 7),
};

export const run: Handler = async (cli, _args, given) => {
  const { groupBy, ...options } = given as Options;
  const period = await periodOf(cli, options);
  const messages = await reportSends(await cli.workspace(), period, (message) => cli.warn(message));
  if (groupBy !== undefined) {
    const groups = tallyOf(messages, groupBy);
    await printReport(cli, {
      period,
      groupBy,
      groups,
      columns: [
        { key: 'name', hidden: true },
        { key: 'sent' },
        { key: 'unknown', style: 'yellow', optional: true },
        { key: 'people' },
        { key: 'first', show: (row) => shortTime(row.first), optional: true },
        { key: 'last', show: (row) => shortTime(row.last) },
      ],
      empty: 'nothing was sent',
    });
    return;
  }
  await cli.warnOfProblems();
  await cli.output.list(
    messages as unknown as Row[],
    [
      { key: 'at', style: 'cyan', show: (row) => shortTime(row.at) },
      { key: 'name', style: 'bold', flex: true },
      { key: 'address', flex: true },
      { key: 'title', title: 'campaign', flex: true },
      { key: 'office', show: (row) => String(row.office ?? '–') },
      { key: 'state', optional: true },
      { key: 'ref', hidden: true },
    ],
    'nothing was sent',
  );
};

/** Messages counted for each campaign, office, customer or month. */
function tallyOf(messages: readonly SentMessage[], key: string): Grouped<object>[] {
  const nameOf = ({ title, name }: SentMessage) =>
    key === 'campaign' ? { name: title } : key === 'customer' ? { name } : {};
  return groupsOf(messages, groupKeys[key] as (message: SentMessage) => string | null).map(
    ({ group, items }) => ({
      group,
      ...nameOf(items[0] as SentMessage),
      sent: items.filter(({ state }) => state === 'sent').length,
      unknown: items.filter(({ state }) => state === 'unknown').length,
      people: new Set(items.map(({ ref }) => ref)).size,
      first: items.at(-1)?.at ?? null,
      last: items[0]?.at ?? null,
    }),
  );
}
