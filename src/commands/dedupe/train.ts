import { writeWhole } from '../../actions/clean-list/write-whole.js';
import { parseMap } from '../../actions/linkage/read-table.js';
import { type TrainedList, trainList } from '../../actions/linkage/train-list.js';
import type { Handler } from '../../cli/spec.js';
import { modelText } from '../../domain/dedupe/linkage/model-file.js';
import { refuseUnknownCountry } from '../shared/country.js';
import { readInput } from '../shared/read-input.js';
import { refuseOverwriting } from './refuse-overwriting.js';
import { stages } from './stages.js';

interface Options {
  out?: string;
  truth?: string;
  id?: string;
  map?: string[];
  country?: string;
}

export const run: Handler = async (cli, [list, other], options) => {
  const { out, truth, id, map, country } = options as Options;
  if (country !== undefined) await refuseUnknownCountry(country);
  const paths = [list, other].filter((path) => path !== undefined) as string[];
  refuseOverwriting(out, paths);
  const lists = [];
  for (const path of paths) lists.push({ bytes: await readInput(path), path });
  const { trained, report } = await trainList({
    lists,
    truth,
    read: readInput,
    id,
    mapped: parseMap(map),
    country: country?.toUpperCase(),
    progress: stages(cli),
  });
  const model = modelText(trained);
  if (out !== undefined && !cli.dryRun) writeWhole(out, [Buffer.from(model)]);
  const said = sentence(report, truth !== undefined);
  if (out !== undefined || cli.output.json || cli.dryRun) {
    const written = out === undefined ? '' : `\n${cli.dryRun ? 'would write' : 'wrote'} ${out}`;
    return cli.output.outcome(report, said + written, said + written);
  }
  // Without a file to write to, the model itself is the data.
  await cli.output.page(model.trimEnd());
  cli.note(said);
};

function sentence(report: TrainedList['report'], counted: boolean): string {
  const { candidates, matches, iterations, matches_per_record, as_shipped, levels } = report;
  const kinds = [...new Set(levels.map(({ kind }) => kind))].join(', ').replaceAll('_', ' ');
  return [
    counted
      ? `counted in ${matches} known pairs: ${kinds}`
      : `learnt from about ${matches} matches among ${candidates} pairs, in ${iterations} rounds: ${kinds}`,
    `${matches_per_record} matching pairs for each record`,
    ...(as_shipped.length > 0 ? [`as shipped, for words have no levels: ${as_shipped.join(', ')}`] : []),
  ].join('\n');
}
