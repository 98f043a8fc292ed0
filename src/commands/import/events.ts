import { createReadStream } from 'node:fs';
import { type EventFile, type ImportEventsReport, importEvents } from '../../actions/import-events.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Progress } from '../../cli/progress.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { sizeOf } from './size-of.js';

const shownLines = 6;

export const run: Handler = async (cli, paths) => {
  await cli.workspace();
  const files = paths.flat().filter((path) => path !== undefined);
  const sizes = await Promise.all(files.map(sizeOf));
  const progress = cli.progress('reading events');
  const report = await cli.act((tools) => importEvents(opened(files, sizes, progress), cli.env, tools));
  progress.show(1, 1);
  explain(cli, report);
  await cli.output.outcome(report, sentence(report, cli.dryRun), countsOf(report));
  const failure = leftOver(cli, report);
  if (failure) throw failure;
};

/** Tells of what was refused; the error where nothing else was in the files, or somebody has to decide. */
function leftOver(cli: Cli, report: ImportEventsReport): ItacaError | undefined {
  const { events, refused, errors, undecided } = report;
  const [first] = errors;
  if (first && refused === events)
    return new ItacaError('invalid', `all ${events} events were refused; the first: ${first.message}`, {
      path: first.path,
      line: first.line,
      hint: 'nothing was added: see whether these are the events of this workspace',
    });
  const refusedSome = `${refused} of ${events} events were refused, and count nowhere`;
  if (undecided.length === 0) {
    if (refused > 0) cli.warn(refusedSome);
    return undefined;
  }
  if (refused > 0) cli.note(refusedSome);
  for (const { address, contact, reason } of undecided.slice(0, shownLines))
    cli.note(
      `${contact}: ${reason.replaceAll('_', ' ')}, by an event of no message of ours; to take it: itaca suppress add ${address} --reason ${reason}`,
    );
  const people = undecided.length === 1 ? 'a person wants' : `${undecided.length} people want`;
  return new ItacaError('partial', `${people} no more mail, and no message of ours says which`, {
    hint: 'decide for each: itaca suppress add <address> --reason unsubscribed',
  });
}

/** The files in pieces, each opened when its turn comes. */
function opened(files: readonly string[], sizes: readonly number[], progress: Progress): EventFile[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  return files.map((path) => ({
    path: path === '-' ? 'standard input' : path,
    input: (async function* () {
      const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 });
      for await (const bytes of stream) {
        done += (bytes as Buffer).length;
        progress.show(Math.min(done, total), total + 1);
        yield bytes as Buffer;
      }
    })(),
  }));
}

function countsOf({ events, added, known, unattributed, refused }: ImportEventsReport): string {
  return `${events} events = ${added} added + ${known} known + ${unattributed} unattributed + ${refused} refused`;
}

function sentence(report: ImportEventsReport, dry: boolean): string {
  const kinds = Object.entries(report.by_event).map(([kind, count]) => `${count} ${kind}`);
  const lines = [countsOf(report), ...(kinds.length > 0 ? [`added: ${kinds.join(', ')}`] : [])];
  if (report.suppressed > 0)
    lines.push(
      `${report.suppressed} ${report.suppressed === 1 ? 'address is' : 'addresses are'} suppressed now`,
    );
  return `${lines.join('\n')}${dry ? ' (nothing was written)' : ''}`;
}

function explain(cli: Cli, { ignored, errors, refused, strangers, unattributed }: ImportEventsReport): void {
  const skipped = Object.entries(ignored).map(([name, count]) => `${count} ${name}`);
  if (skipped.length > 0) cli.note(`left aside: ${skipped.join(', ')}`);
  for (const { path, line, message } of errors.slice(0, shownLines))
    cli.note(printable(`${path}:${line}: ${message}`));
  if (refused > shownLines) cli.note(`… and ${refused - shownLines} more refused; see --json`);
  for (const { path, line, event, address, message_id } of strangers.slice(0, shownLines))
    cli.note(printable(`${path}:${line}: no message of ours: ${event} ${address ?? message_id ?? ''}`));
  if (unattributed > shownLines) cli.note(`… and ${unattributed - shownLines} more of no message of ours`);
}
