import { type Tick, tick } from '../../actions/run/tick.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { shortTime } from '../shared/columns.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export const run: Handler = async (cli, _args, options) => {
  const { takeOver = false } = options as { takeOver?: boolean };
  const abort = new AbortController();
  const stop = () => abort.abort();
  // The mail in flight is finished, and the lease given back; a second signal changes nothing.
  for (const signal of signals) process.on(signal, stop);
  let done: Tick;
  try {
    done = await cli.act((tools) => tick({ environment: cli.env, signal: abort.signal, takeOver }, tools));
  } finally {
    for (const signal of signals) process.removeListener(signal, stop);
  }
  await cli.warnOfProblems();
  if (done.held !== null) cli.warn(`mails wait for the next run: ${done.held}`);
  if (done.unpublished !== null)
    cli.warn(`the others do not have what was sent, and wait until they do: ${done.unpublished}`);
  const lines = linesOf(done, cli);
  if (cli.output.json) await cli.output.thing(done);
  else if (lines.length > 0) await cli.output.page(lines.map((line) => printable(line)).join('\n'));
  else if (cli.io.outIsTerminal) cli.note('nothing was to be done');
  if (!done.complete) process.exitCode = 7;
};

/** Cron mails what a command says, so that it says nothing where nothing was done, and nothing again at each run. */
function linesOf({ escalated, renewals, ended, sequences, notices, retried }: Tick, cli: Cli): string[] {
  const isTold = ({ state }: { state: string }) => state !== 'left_out' || cli.io.outIsTerminal || cli.dryRun;
  const told = notices.filter(isTold);
  return [
    ...escalated.map(
      ({ title, level, notify, why, at }) =>
        `${shortTime(at)}  raised to level ${level}: ${title} (${why})${notify.length > 0 ? `, for ${notify.join(', ')}` : ''}`,
    ),
    ...renewals.map((one) => `${one.notice}  renewal opened: ${one.case}`),
    ...ended.map((one) => `${one.on}  ended: ${one.agreement}`),
    ...sequences
      .filter(isTold)
      .map(
        ({ sequence, step, to, state, why }) =>
          `${state} ${[sequence, step].filter(Boolean).join(' ')}${to ? `, ${to}` : ''}${why ? `: ${why}` : ''}`,
      ),
    ...told.map(
      ({ kind, to, subject, state, why }) => `${state} ${kind} to ${to}: ${subject}${why ? ` (${why})` : ''}`,
    ),
    ...retried.map(({ title, held, ...counts }) => {
      const parts = Object.entries(counts).filter(([key, count]) => key !== 'id' && count !== 0);
      return `tried again: ${title}: ${held ?? parts.map(([key, count]) => `${count} ${key.replace('_', ' ')}`).join(', ')}`;
    }),
  ];
}
