import { writeWhole } from '../../actions/clean-list/write-whole.js';
import { type LinkedPair, linkLists } from '../../actions/linkage/link-lists.js';
import { parseMap } from '../../actions/linkage/read-table.js';
import type { Cli } from '../../cli/context.js';
import { readInput } from '../shared/read-input.js';
import type { Options } from './clean.js';
import { modelAt } from './model-at.js';
import { stages } from './stages.js';
import { warnOfWhatIsLeft } from './warn-of-what-is-left.js';

/** Links two lists and prints the pairs. */
export async function link(cli: Cli, one: string, other: string, options: Options): Promise<void> {
  const { out, id, map, country, model, raw } = options;
  const { report, valuesOf, csv, bare, blocking } = await linkLists({
    one: { bytes: await readInput(one), path: one },
    other: { bytes: await readInput(other), path: other },
    id,
    mapped: parseMap(map),
    country: country?.toUpperCase(),
    trained: await modelAt(model),
    raw: raw === true,
    progress: stages(cli),
  });
  warnOfWhatIsLeft(cli, report.rows_a + report.rows_b, bare, blocking);
  if (out && !cli.dryRun) writeWhole(out, csv());
  const { matched, ask, only_a, only_b } = report;
  const sentence = [
    `${matched} rows are in both lists, ${only_a} only in ${one}, ${only_b} only in ${other}`,
    ...(ask > 0 ? [`not sure enough: ${ask} more pairs, in --json under ask_pairs`] : []),
    ...(out ? [`${cli.dryRun ? 'would write' : 'wrote'} ${out}`] : []),
  ].join('\n');
  if (cli.output.json) return cli.output.thing(report);
  if (out) return cli.output.outcome(report, sentence, sentence);
  await cli.output.list<LinkedPair>(
    report.pairs,
    [
      { key: 'a', title: id ?? 'line' },
      { key: 'what_a', title: one, show: (pair) => valuesOf(pair)[0], flex: true, ...onTerminalOnly(cli) },
      { key: 'b', title: id ?? 'line' },
      { key: 'what_b', title: other, show: (pair) => valuesOf(pair)[1], flex: true, ...onTerminalOnly(cli) },
      { key: 'probability', hidden: true },
    ],
    'no row is in both lists',
  );
  for (const line of sentence.split('\n')) cli.note(line);
}

/** A table says who is meant; a pipe gets the names of the rows alone. */
function onTerminalOnly(cli: Cli): { hidden: boolean } {
  return { hidden: !cli.io.outIsTerminal || cli.globals.csv === true };
}
