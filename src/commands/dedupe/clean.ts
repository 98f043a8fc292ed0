import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { writeWhole } from '../../actions/clean-list/write-whole.js';
import { cleanList } from '../../actions/clean-list.js';
import { suppressionLookup } from '../../actions/suppressions.js';
import type { Cli } from '../../cli/context.js';
import type { Handler } from '../../cli/spec.js';
import type { Keep } from '../../domain/dedupe/clean-list.js';
import { ItacaError } from '../../domain/error.js';
import { readInput } from '../shared/read-input.js';

interface Options {
  out?: string;
  removed?: string;
  country?: string;
  keep: Keep;
  fill?: boolean;
  raw?: boolean;
}

export const run: Handler = async (cli, [list], options) => {
  const { out, removed, country, keep, fill, raw } = options as unknown as Options;
  if (out !== undefined && out === removed)
    throw new ItacaError('usage', '-o and --removed name the same file');
  for (const target of [out, removed]) {
    if (target !== undefined && resolve(target) === resolve(list as string)) {
      throw new ItacaError('usage', 'the list itself would be overwritten', {
        hint: 'write to another file',
      });
    }
  }
  if (country !== undefined) await refuseUnknownCountry(country);
  const input = await readInput(list as string);
  const workspace = await workspaceAtHand(cli);
  const progress = cli.progress('reading the list');
  const { report, ...cleaned } = await cleanList({
    input,
    path: list as string,
    keep,
    fill: fill === true,
    raw: raw === true,
    workers: Math.min(8, availableParallelism()),
    progress: (done, total) => progress.show(done, total),
    ...((country ?? workspace?.country)
      ? { country: (country ?? workspace?.country)?.toUpperCase() as string }
      : {}),
    ...(workspace ? { suppressed: await suppressionLookup(workspace) } : {}),
  });
  if (!cli.dryRun) {
    if (out) writeWhole(out, cleaned.clean());
    if (removed) writeWhole(removed, cleaned.removed());
  }
  const reasons = Object.entries(report.reasons).filter(([, count]) => count > 0);
  const why = reasons.map(([reason, count]) => `${count} ${reason.replaceAll('_', ' ')}`).join(', ');
  const { role, invalid } = report.flagged;
  const look = [
    role > 0 ? `${role} role addresses` : '',
    invalid > 0 ? `${invalid} invalid addresses` : '',
  ].filter(Boolean);
  const sentence = [
    `${report.rows} rows in = ${report.kept} kept + ${report.removed} removed${why ? ` (${why})` : ''}`,
    ...(look.length > 0 ? [`kept but worth a look: ${look.join(', ')}`] : []),
    ...(out ? [`${cli.dryRun ? 'would write' : 'wrote'} ${out}`] : []),
  ].join('\n');
  // Without a file to write to, the list itself is the data, as other filters do it.
  if (!out && !cli.output.json && !cli.io.outIsTerminal && !cli.dryRun) {
    for (const part of cleaned.clean())
      if (!cli.io.out.write(part)) await new Promise((done) => cli.io.out.once('drain', done));
    cli.note(sentence);
  } else await cli.output.outcome(report, sentence, sentence);
};

/** A country without a numbering plan would let every national number go unread. */
async function refuseUnknownCountry(country: string): Promise<void> {
  const { isSupportedCountry } = await import('libphonenumber-js/min');
  if (isSupportedCountry(country.toUpperCase())) return;
  throw new ItacaError('usage', `"${country}" is no country`, {
    hint: 'write it as IT, DE, US (ISO 3166-1)',
  });
}

/** The workspace that was named or that this folder lies in: its suppressions and its country count. None is needed. */
async function workspaceAtHand(cli: Cli) {
  const named = cli.globals.dir !== undefined || (cli.env.ITACA_DIR ?? '') !== '';
  try {
    return await cli.workspace();
  } catch (error) {
    if (!named && error instanceof ItacaError && error.code === 'not_found') return undefined;
    throw error;
  }
}
