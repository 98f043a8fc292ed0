import { closeSources, openSources } from '../../actions/inbox/open-sources.js';
import { type Reconciliation, reconcileInbox } from '../../actions/inbox/reconcile.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { isoDate, startOf } from '../../domain/time/clock.js';
import { parseWhen } from '../../domain/time/parse-when.js';

/** So many findings are told of one by one; `--json` has them all. */
const shown = 20;

export const run: Handler = async (cli, args, options) => {
  const { since } = options as { since?: string };
  const tools = await cli.tools();
  const names = args.flat().filter((name) => name !== undefined);
  const { timeZone } = tools.clock;
  const first =
    since === undefined ? undefined : startOf(parseWhen(since, tools.clock, tools.warn), timeZone);
  const { opened: sources, failed } =
    names.length > 0
      ? await openSources(names, { base: process.cwd(), stdin: process.stdin, environment: cli.env }, tools)
      : { opened: [], failed: [] };
  const [dead] = failed;
  if (dead) {
    await closeSources(sources);
    throw dead.error;
  }
  let done: Reconciliation;
  try {
    done = await reconcileInbox(tools.workspace, sources, {
      since: first === undefined ? undefined : isoDate(first, timeZone),
    });
  } finally {
    await closeSources(sources);
  }
  await print(cli, done);
  if (done.findings.length > 0) process.exitCode = 1;
};

async function print(cli: Cli, { days, findings, compared }: Reconciliation): Promise<void> {
  const keys = ['received', 'filed', 'dismissed', 'waiting', 'overdue', 'unaccounted'] as const;
  const totals = Object.fromEntries(keys.map((key) => [key, days.reduce((sum, day) => sum + day[key], 0)]));
  if (cli.output.json) {
    await cli.output.thing({ ...totals, compared, days, findings });
    return;
  }
  await cli.output.list(
    days,
    [{ key: 'day', style: 'cyan' }, { key: 'source', style: 'bold' }, ...keys.map((key) => ({ key }))],
    'nothing came in',
  );
  cli.note(
    `${totals.received} received = ${totals.filed} filed + ${totals.dismissed} dismissed + ${totals.waiting} waiting`,
  );
  for (const { id, from, subject, source, path, message } of findings.slice(0, shown)) {
    const who = [from, subject && `"${subject}"`].filter(Boolean).join(' ');
    cli.warn(printable([id ?? path ?? source, who, message].filter(Boolean).join(': ')));
  }
  if (findings.length > shown) cli.warn(`${findings.length - shown} more; see --json`);
}
