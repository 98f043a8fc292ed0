import type { Flushed } from '../../actions/outbox/flush-account.js';
import { flushOutbox } from '../../actions/outbox/flush-outbox.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { reasonLines } from '../shared/send-lines.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const outcomes = ['unknown', 'deferred', 'rejected', 'remaining'] as const;

/** So many messages that did not leave are told of one by one. */
const shown = 10;

export const run: Handler = async (cli, _args, options) => {
  const { offline = false, takeOver = false } = options as { offline?: boolean; takeOver?: boolean };
  const progress = cli.progress('sending');
  const abort = new AbortController();
  const stop = () => abort.abort();
  // What is in flight is finished and its outcome written; a second signal changes nothing.
  for (const signal of signals) process.on(signal, stop);
  let done: Flushed;
  try {
    const show = (count: number, total: number) => progress.show(count, total);
    done = await flushOutbox(
      { environment: cli.env, signal: abort.signal, offline, takeOver, progress: show },
      await cli.tools(),
    );
  } finally {
    for (const signal of signals) process.removeListener(signal, stop);
    progress.show(1, 1);
  }
  const text = linesOf(done, cli.dryRun).join('\n');
  await cli.output.outcome(done, text, text);
  for (const { to, path, state, why } of done.messages.slice(0, shown))
    if (why !== null) cli.warn(`${to || path}: ${state}: ${why}`);
  if (done.unpublished !== null)
    cli.warn(`the others do not have what was sent, and wait until they do: ${done.unpublished}`);
  const failed = outcomes.filter((key) => done[key] > 0);
  if (cli.dryRun || (failed.length === 0 && done.unpublished === null)) return;
  throw new ItacaError(
    'partial',
    failed.length === 0
      ? 'what was sent is not published'
      : `not everything left: ${failed.map((key) => `${done[key]} ${key}`).join(', ')}`,
    {
      hint:
        done.unknown > 0
          ? 'those in doubt are never sent again by themselves: itaca outbox resolve'
          : 'itaca outbox list; flush again to try those that did not leave',
    },
  );
};

function linesOf(done: Flushed, dry: boolean): string[] {
  if (done.waiting === 0) return ['nothing waits in the outbox'];
  const leftOut = Object.values(done.left_out).reduce((sum, count) => sum + count, 0);
  const others = outcomes.filter((key) => done[key] > 0).map((key) => ` + ${done[key]} ${key}`);
  return [
    `${done.waiting} waiting = ${done.sent} sent${others.join('')} + ${leftOut} left out`,
    ...reasonLines(done.left_out),
    ...(dry ? ['nothing was sent'] : []),
  ];
}
