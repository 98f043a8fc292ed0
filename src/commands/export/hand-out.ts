import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeWhole } from '../../actions/clean-list/write-whole.js';
import type { Cli } from '../../cli/context.js';
import { ItacaError } from '../../domain/error.js';

/** An export on its way out. */
export interface Outgoing {
  /** Taken once, in order; safe to be shown on a terminal. */
  parts: Iterable<string>;
  /** What there was of each thing, such as `records`; asked when all parts were taken, and warns of what was left out. */
  counts: () => Readonly<Record<string, unknown>>;
}

/**
 * Refuses a place that an export cannot go to, before anything is read.
 * @throws ItacaError `usage` where something is there already, or `--json` is asked of an export that is none
 */
export function refusePlace(cli: Cli, out: string | undefined): void {
  if (out === undefined && cli.output.json)
    throw new ItacaError('usage', 'the export itself is not one JSON document', {
      hint: 'name a file with -o; --json then says what was written',
    });
  // What stands there may be the only copy of an older export.
  if (out !== undefined && existsSync(out))
    throw new ItacaError('usage', `${out} is there already, and is not written over`, {
      hint: 'write to another file',
    });
}

/**
 * Hands an export out: to a file, or to standard output as it is made. A dry run makes it, and writes nothing. Ask
 * `refusePlace` first.
 */
export async function handOut(
  cli: Cli,
  format: string,
  out: string | undefined,
  outgoing: Outgoing,
): Promise<void> {
  if (out !== undefined) {
    await writeOut(cli, out, outgoing);
    await tellOutcome(cli, format, out, outgoing.counts());
    return;
  }
  await cli.warnOfProblems();
  for (const part of outgoing.parts)
    if (!cli.dryRun && !cli.io.out.write(part)) await once(cli.io.out, 'drain');
  // What was left out is told beside it.
  outgoing.counts();
}

/** Writes an export to a file, whole or not at all. A dry run makes it, and writes nothing. */
export async function writeOut(cli: Cli, out: string, { parts }: Outgoing): Promise<void> {
  await cli.warnOfProblems();
  if (cli.dryRun) for (const _ of parts);
  else writeWhole(out, bytesOf(parts));
}

/** Says what was written where: a sentence, or `{format, …counts, path}`. */
export async function tellOutcome(
  cli: Cli,
  format: string,
  path: string,
  counts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const numbers = Object.entries(counts).filter(([, count]) => typeof count === 'number');
  const said = numbers.map(([what, count]) => `${count} ${what.replaceAll('_', ' ')}`).join(', ');
  const sentence = `${said}: ${path}${cli.dryRun ? ' (nothing was written)' : ''}`;
  await cli.output.outcome({ format, ...counts, path }, sentence, sentence);
}

function* bytesOf(parts: Iterable<string>): Generator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}
