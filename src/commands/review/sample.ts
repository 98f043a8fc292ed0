import { refuseStranger } from '../../actions/refuse-stranger.js';
import { sampleForReview } from '../../actions/reviews.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { isoWeek } from '../../domain/time/clock.js';
import { type Row, shortTime } from '../shared/columns.js';
import { periodOf } from '../shared/print-report.js';

interface Options {
  count: string;
  for?: string;
  seed?: string;
  since?: string;
  until?: string;
}

export const run: Handler = async (cli, _args, given) => {
  const options = given as unknown as Options;
  const workspace = await cli.workspace();
  const count = Number(options.count);
  if (!Number.isInteger(count) || count < 1)
    throw new ItacaError('usage', `--count ${options.count} is no number of cases`);
  refuseStranger(options.for, { workspace });
  const reviewer = options.for ?? (await cli.actor());
  const { now, timeZone } = workspace.clock;
  const seed = options.seed ?? `${isoWeek(now(), timeZone)} ${reviewer}`;
  const period = await periodOf(cli, options);
  const { sample, pool } = await sampleForReview(workspace, { reviewer, count, seed, period });
  await cli.warnOfProblems();
  if (sample.length > 0) cli.note(`${sample.length} of ${pool} cases, drawn with the seed "${seed}"`);
  await cli.output.list(
    sample as unknown as Row[],
    [
      { key: 'id', style: 'cyan' },
      { key: 'ended_at', title: 'ended', show: (row) => shortTime(row.ended_at) },
      { key: 'title', style: 'bold', flex: true },
      { key: 'type', optional: true },
      { key: 'state', style: 'yellow' },
      { key: 'owner', show: (row) => String(row.owner ?? '–') },
      { key: 'findings', optional: true },
    ],
    `no case has ended that ${reviewer} had no hand in`,
  );
};
