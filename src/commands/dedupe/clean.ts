import { availableParallelism } from 'node:os';
import { writeWhole } from '../../actions/clean-list/write-whole.js';
import { cleanList } from '../../actions/clean-list.js';
import { suppressionLookup } from '../../actions/suppressions.js';
import type { Cli } from '../../cli/context.js';
import type { Handler } from '../../cli/spec.js';
import type { Keep } from '../../domain/dedupe/clean-list.js';
import { ItacaError } from '../../domain/error.js';
import { refuseUnknownCountry } from '../shared/country.js';
import { readInput } from '../shared/read-input.js';
import { modelAt } from './model-at.js';
import { refuseOverwriting } from './refuse-overwriting.js';
import { stages } from './stages.js';

export interface Options {
  out?: string;
  removed?: string;
  country?: string;
  keep?: Keep;
  fill?: boolean;
  fuzzy?: boolean;
  map?: string[];
  id?: string;
  model?: string;
  raw?: boolean;
}

export const run: Handler = async (cli, args, given) => {
  const options = given as unknown as Options;
  const [list, other] = args as [string, string | undefined];
  const { out, removed, country } = options;
  refuseContradictions(list, other, options);
  for (const target of [out, removed]) refuseOverwriting(target, [list, other]);
  if (country !== undefined) await refuseUnknownCountry(country);
  if (other === undefined) await clean(cli, list, options);
  else await (await import('./link.js')).link(cli, list, other, options);
};

function refuseContradictions(list: string, other: string | undefined, options: Options): void {
  const { out, removed, fuzzy } = options;
  if (out !== undefined && out === removed)
    throw new ItacaError('usage', '-o and --removed name the same file');
  if (other !== undefined) {
    const wrong = (['removed', 'keep', 'fill', 'fuzzy'] as const).find((key) => options[key] !== undefined);
    if (wrong) throw new ItacaError('usage', `--${wrong} is for one list: of two nothing is removed`);
    if (list === '-' && other === '-') throw new ItacaError('usage', 'both lists cannot be standard input');
  } else if (!fuzzy) {
    const wrong = (['map', 'id', 'model'] as const).find((key) => options[key] !== undefined);
    if (wrong) throw new ItacaError('usage', `--${wrong} is for --fuzzy, or for two lists`);
  }
}

async function clean(cli: Cli, list: string, options: Options): Promise<void> {
  const { out, removed, country, keep, fill, raw } = options;
  const input = await readInput(list);
  const workspace = await workspaceAtHand(cli);
  const progress = cli.progress('reading the list');
  const { report, ...cleaned } = await cleanList({
    input,
    path: list,
    keep: keep ?? 'complete',
    fill: fill === true,
    raw: raw === true,
    workers: Math.min(8, availableParallelism()),
    progress: (done, total) => progress.show(done, total),
    ...(options.fuzzy ? { fuzzy: await fuzzy(cli, options) } : {}),
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
    report.ask ? `${report.ask} pairs that may be one person (in --json under ask_pairs)` : '',
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
}

async function fuzzy(cli: Cli, { map, id, model }: Options) {
  const { parseMap } = await import('../../actions/linkage/read-table.js');
  return { mapped: parseMap(map), id, trained: await modelAt(model), progress: stages(cli) };
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
