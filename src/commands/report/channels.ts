import { reportChannels } from '../../actions/reports/channels.js';
import { shareBar } from '../../cli/chart.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import type { Silence } from '../../domain/reports/silence.js';
import { isoInstant } from '../../domain/time/clock.js';
import { hours, type Row, shortTime } from '../shared/columns.js';
import { boundedPeriodOf, failWhere } from '../shared/print-report.js';

interface Options {
  since?: string;
  until?: string;
  failIfAny?: boolean;
}

// What the account needs stands on the narrowest terminal: received = answered + waiting + unasked.
const columns: Column<Row>[] = [
  { key: 'channel', style: 'bold' },
  { key: 'address', flex: true, show: (row) => String(row.address ?? 'all') },
  { key: 'received' },
  { key: 'answered', style: 'green' },
  { key: 'waiting', style: 'yellow' },
  { key: 'unasked' },
  { key: 'late', style: 'red' },
  { key: 'silence', style: 'red', show: (row) => silent(row) },
  { key: 'share_answered', title: 'share', optional: true, show: (row) => shareBar(row.share_answered) },
  { key: 'median_minutes', title: 'median', optional: true, show: (row) => hours(row.median_minutes) },
  { key: 'oldest_at', title: 'oldest', optional: true, show: (row) => shortTime(row.oldest_at) },
  { key: 'owner', optional: true, show: (row) => String(row.owner ?? '–') },
];

export const run: Handler = async (cli, _args, given) => {
  const options = given as Options;
  const workspace = await cli.workspace();
  const period = await boundedPeriodOf(cli, options, '4w');
  const { timeZone } = workspace.clock;
  const iso = (at: number | null) => (at === null ? null : isoInstant(at, timeZone));
  const found = await reportChannels(workspace, period);
  const rows: Row[] = found.map(({ oldest, last, silence, ...numbers }) => ({
    ...numbers,
    oldest_at: iso(oldest),
    last_at: iso(last),
    silent_days: silence.open_days,
    silence_chance: rounded(silence),
    silence: silence.alarm,
  }));
  await cli.warnOfProblems();
  await cli.output.list(rows, columns, 'nothing came in, and no channel is named in itaca.yaml');
  failWhere(
    found.some(({ late, silence }) => late > 0 || silence.alarm),
    options,
  );
};

function rounded({ chance }: Silence): number | null {
  return chance === null ? null : Number(chance.toPrecision(3));
}

function silent({ silence, silent_days: days }: Row): string {
  return silence ? `${days} days` : '';
}
