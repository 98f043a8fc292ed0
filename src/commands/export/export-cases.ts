import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeWhole } from '../../actions/clean-list/write-whole.js';
import { exportLog } from '../../actions/export-log.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import { ItacaError } from '../../domain/error.js';
import { openedWithin } from '../shared/opened-within.js';

interface Options {
  out?: string;
  type?: string;
  since?: string;
  until?: string;
}

/** Writes cases as an event log: to a file, whole or not at all, or to standard output as it is made. */
export async function exportCases(
  format: 'xes' | 'csv-log',
  cli: Cli,
  words: readonly string[],
  options: Record<string, unknown>,
): Promise<void> {
  const workspace = await cli.workspace();
  const { out, type, ...when } = options as Options;
  if (out === undefined && cli.output.json)
    throw new ItacaError('usage', 'the log itself is not JSON', {
      hint: 'name a file with -o; --json then says what was written',
    });
  // What stands there may be the only copy of an older log.
  if (out !== undefined && existsSync(out))
    throw new ItacaError('usage', `${out} is there already, and is not written over`, {
      hint: 'write to another file',
    });
  const log = await exportLog(format, workspace, {
    query: await cli.query(words),
    type,
    ...openedWithin(when, workspace.clock),
  });
  // XML has a way of its own to write signs that drive a terminal.
  const parts = format === 'xes' ? log.parts : printableParts(log.parts);
  await cli.warnOfProblems();
  if (out === undefined) {
    if (cli.dryRun) for (const _ of parts);
    else for (const part of parts) if (!cli.io.out.write(part)) await once(cli.io.out, 'drain');
    return;
  }
  if (cli.dryRun) for (const _ of parts);
  else writeWhole(out, bytesOf(parts));
  const { cases, events } = log.counts;
  const sentence = `${cases} cases, ${events} events: ${out}${cli.dryRun ? ' (nothing was written)' : ''}`;
  await cli.output.outcome({ format, cases, events, path: out }, sentence, sentence);
}

function* printableParts(parts: Iterable<string>): Generator<string> {
  for (const part of parts) yield printable(part, true);
}

function* bytesOf(parts: Iterable<string>): Generator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}
