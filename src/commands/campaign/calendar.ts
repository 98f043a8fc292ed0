import { type CalendarEntry, campaignCalendar } from '../../actions/campaign/campaign-calendar.js';
import type { Handler } from '../../cli/spec.js';
import { endOf } from '../../domain/time/clock.js';
import { parseWhen } from '../../domain/time/parse-when.js';
import { type Row, shortTime } from '../shared/columns.js';
import { failWhere, periodOf } from '../shared/print-report.js';

interface Options {
  since?: string;
  until?: string;
  failIfAny?: boolean;
}

export const run: Handler = async (cli, _args, given) => {
  const options = given as Options;
  const workspace = await cli.workspace();
  const { clock } = workspace;
  // What is planned lies ahead, so that `2w` as the end is in two weeks.
  const until = options.until && endOf(parseWhen(options.until, clock), clock.timeZone);
  const period = { ...(await periodOf(cli, { since: options.since ?? '4w' })), until: until || null };
  const entries = await campaignCalendar(workspace, period, (message) => cli.warn(message));
  await cli.warnOfProblems();
  const rows = cli.output.json
    ? entries
    : entries.map((entry) => ({ ...entry, overlaps: entry.overlaps.map(wordsOf).join('; ') }));
  await cli.output.list(
    rows as unknown as Row[],
    [
      { key: 'at', style: 'cyan', show: (row) => shortTime(row.at) },
      { key: 'what' },
      { key: 'title', title: 'campaign', style: 'bold', flex: true },
      { key: 'office', show: (row) => String(row.office ?? '–') },
      { key: 'people' },
      { key: 'overlaps', title: 'also written to by', style: 'yellow', flex: true },
      { key: 'ref', hidden: true },
      { key: 'state', hidden: true },
    ],
    'nothing was sent or is planned',
  );
  const crowded = entries.filter(({ overlaps }) => overlaps.length > 0);
  failWhere(crowded.length > 0, options);
};

function wordsOf({ people, title, office, at }: CalendarEntry['overlaps'][number]): string {
  return `${people} by ${office ?? 'no office'} on ${at.slice(0, 10)} (${title})`;
}
