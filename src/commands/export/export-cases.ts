import { exportLog } from '../../actions/export-log.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import { openedWithin } from '../shared/opened-within.js';
import { handOut, refusePlace } from './hand-out.js';

interface Options {
  out?: string;
  type?: string;
  since?: string;
  until?: string;
}

/** Writes cases as an event log. */
export async function exportCases(
  format: 'xes' | 'csv-log',
  cli: Cli,
  words: readonly string[],
  options: Record<string, unknown>,
): Promise<void> {
  const workspace = await cli.workspace();
  const { out, type, ...when } = options as Options;
  refusePlace(cli, out);
  const log = await exportLog(format, workspace, {
    query: await cli.query(words),
    type,
    ...openedWithin(when, workspace.clock),
  });
  // XML has a way of its own to write signs that drive a terminal.
  const parts = format === 'xes' ? log.parts : printableParts(log.parts);
  await handOut(cli, format, out, { parts, counts: () => ({ ...log.counts }) });
}

function* printableParts(parts: Iterable<string>): Generator<string> {
  for (const part of parts) yield printable(part, true);
}
