import { closeSources, openSources } from '../../actions/inbox/open-sources.js';
import { type PullReport, pullInbox } from '../../actions/inbox/pull-inbox.js';
import type { PulledMessage } from '../../actions/inbox/pulled.js';
import type { Cli } from '../../cli/context.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { startOf } from '../../domain/time/clock.js';
import { parseWhen } from '../../domain/time/parse-when.js';
import { pulledColumns } from './columns.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Options {
  channel?: string;
  address?: string;
  received?: string;
  sent?: boolean;
}

export const run: Handler = async (cli, args, options) => {
  const { channel, address, received, sent } = options as Options;
  const tools = await cli.tools();
  const progress = cli.progress('reading messages');
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const signal of signals) process.on(signal, stop);
  const pulled: PulledMessage[] = [];
  let report: PullReport;
  const { opened: sources, failed } = await openSources(
    args.flat().filter((name) => name !== undefined),
    {
      base: process.cwd(),
      stdin: process.stdin,
      environment: cli.env,
      channel,
      address,
      sent,
      received: received === undefined ? undefined : momentOf(received, cli, tools.clock.timeZone),
    },
    tools,
  );
  try {
    report = await pullInbox(
      sources,
      {
        signal: abort.signal,
        failed,
        each: (message) => {
          if (cli.dryRun) pulled.push(message);
        },
        progress: (done) => progress.show(done, done + 1),
      },
      tools,
    );
  } finally {
    await closeSources(sources);
    for (const signal of signals) process.removeListener(signal, stop);
    progress.show(1, 1);
  }
  if (cli.dryRun) {
    await cli.output.list(pulled, pulledColumns, 'nothing came in');
    cli.note(countsOf(report));
  } else await cli.output.outcome(report, sentence(report), countsOf(report));
  for (const { source, place, message } of report.failed.slice(0, 10))
    cli.warn(`${source} ${place}: ${message}`);
  for (const { source, message } of report.failed_sources) cli.warn(`${source}: ${message}`);
  if (abort.signal.aborted) throw new ItacaError('interrupted', 'stopped; the next pull goes on from here');
  const { failed: unread, failed_sources: dead } = report;
  if (unread.length === 0 && dead.length === 0) return;
  const what = [
    ...(dead.length > 0
      ? [`sources that could not be read: ${dead.map(({ source }) => source).join(', ')}`]
      : []),
    ...(unread.length > 0 ? [`${unread.length} messages that could not be read stay where they are`] : []),
  ];
  throw new ItacaError('partial', what.join('; '), {
    hint: 'the others are on file; mend these, and pull again',
  });
};

function momentOf(received: string, cli: Cli, timeZone: string): number {
  const moment = startOf(parseWhen(received, { now: cli.now, timeZone }), timeZone);
  if (moment !== undefined && moment <= cli.now()) return moment;
  throw new ItacaError('usage', `--received ${received} is still to come, or no time`, {
    hint: 'say when it arrived, such as --received "2026-11-20 16:40"',
  });
}

function countsOf({ received, filed, dismissed, waiting, again }: PullReport): string {
  return `${received} received = ${filed} filed + ${dismissed} dismissed + ${waiting} waiting + ${again} on file already`;
}

function sentence(report: PullReport): string {
  const kinds = Object.entries(report.by_kind).map(([kind, count]) => `${count} ${kind}`);
  const { suppressed, cases_opened, waiting } = report;
  return [
    countsOf(report),
    ...(kinds.length > 0 ? [kinds.join(', ')] : []),
    ...(cases_opened > 0 ? [cases_opened === 1 ? '1 case opened' : `${cases_opened} cases opened`] : []),
    ...(suppressed > 0
      ? [`${suppressed === 1 ? '1 address is' : `${suppressed} addresses are`} written to no more`]
      : []),
    ...(waiting > 0 ? ['what waits: itaca inbox list'] : []),
  ].join('\n');
}
