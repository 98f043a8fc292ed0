import { type Tick, tick } from '../../actions/run/tick.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { shortTime } from '../shared/columns.js';

export const run: Handler = async (cli) => {
  const done = await cli.act((tools) => tick(cli.env, tools));
  await cli.warnOfProblems();
  if (done.held !== null && done.notices.length > 0) cli.warn(`mails wait for the next run: ${done.held}`);
  const lines = linesOf(done);
  if (cli.output.json) await cli.output.thing(done);
  else if (lines.length > 0) await cli.output.page(lines.map((line) => printable(line)).join('\n'));
  else if (cli.io.outIsTerminal) quiet(cli);
  const failed = done.notices.some(
    ({ state }) => state === 'unknown' || state === 'rejected' || state === 'deferred',
  );
  if (failed) process.exitCode = 7;
};

/** Cron mails what a command says: where nothing was done, nothing is said. */
function quiet(cli: Cli): void {
  cli.note('nothing was to be done');
}

function linesOf({ escalated, renewals, notices }: Tick): string[] {
  return [
    ...escalated.map(
      ({ title, level, notify, why, at }) =>
        `${shortTime(at)}  raised to level ${level}: ${title} (${why})${notify.length > 0 ? `, for ${notify.join(', ')}` : ''}`,
    ),
    ...renewals.map((one) => `${one.notice}  renewal opened: ${one.case}`),
    ...notices.map(
      ({ kind, to, subject, state, why }) => `${state} ${kind} to ${to}: ${subject}${why ? ` (${why})` : ''}`,
    ),
  ];
}
