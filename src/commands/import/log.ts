import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { applyImportLog, type ImportLogReport, planImportLog } from '../../actions/import-log.js';
import type { Tools } from '../../actions/tools.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { parseMap } from '../../domain/eventlog/columns.js';
import type { DateOrder } from '../../domain/eventlog/stamps.js';
import { parseStates } from '../../domain/eventlog/states.js';
import { isTimeZone } from '../../domain/time/clock.js';
import { readInput } from '../shared/read-input.js';
import { planAndApply } from './plan-and-apply.js';

interface Options {
  map?: string[];
  state?: string[];
  source?: string;
  type?: string;
  timezone?: string;
  dates?: DateOrder;
}

const shownLines = 6;

export const run: Handler = async (cli, [file], options) => {
  await cli.workspace();
  const { map = [], state = [], source, type, timezone, dates } = options as Options;
  if (timezone !== undefined && !isTimeZone(timezone))
    throw new ItacaError('usage', `there is no time zone "${timezone}"`, { hint: 'such as Europe/Rome' });
  const path = file as string;
  const given = { map: parseMap(map), states: parseStates(state) };
  const input = await inputOf(path);
  const progress = cli.progress('reading cases');
  const planned = (tools: Tools) =>
    planImportLog(
      {
        ...given,
        input: input(),
        path: path === '-' ? 'log' : path,
        ...(source ? { source } : {}),
        ...(type ? { type } : {}),
        ...(timezone ? { timeZone: timezone } : {}),
        ...(dates ? { dates } : {}),
        progress: (done, total) => progress.show(done, total),
      },
      tools,
    );
  const report = await planAndApply(cli, {
    plan: planned,
    apply: applyImportLog,
    question: (report) => `Write ${report.created} new cases and update ${report.updated}?`,
    explain: (report) => explain(cli, report),
  });
  progress.show(1, 1);
  const sentence =
    `${report.cases} cases = ${report.created} created + ${report.updated} updated + ${report.unchanged} unchanged; ` +
    `${report.events} events${report.refused > 0 ? `, ${report.refused} more refused` : ''}` +
    `${cli.dryRun && cli.io.outIsTerminal ? ' (nothing was written)' : ''}`;
  await cli.output.outcome(report, sentence, sentence);
};

/** The bytes of a file, read anew each time; of standard input, read once. */
async function inputOf(path: string): Promise<() => AsyncIterable<Uint8Array>> {
  if (path !== '-' && (await stat(path).catch(() => undefined))?.isFile())
    return () => createReadStream(path, { highWaterMark: 1 << 18 });
  const bytes = await readInput(path);
  return async function* () {
    yield bytes;
  };
}

function explain(cli: Cli, report: ImportLogReport): void {
  const { columns, states, left_out, errors } = report;
  const pairs = (map: object) =>
    Object.entries(map)
      .map(([key, value]) => `${key} = ${value}`)
      .join(', ');
  cli.note(`columns: ${pairs(columns)}`);
  cli.note(`states: ${pairs(states) || 'no activity tells of one; see --state'}`);
  for (const { column, why } of left_out) cli.note(`left out: ${column}: ${why}`);
  for (const { line, message } of errors.slice(0, shownLines))
    cli.note(printable(`line ${line}: ${message}`));
  if (errors.length > shownLines) cli.note(`… and ${errors.length - shownLines} more; see --json`);
}
