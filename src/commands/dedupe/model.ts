import { writeWhole } from '../../actions/clean-list/write-whole.js';
import { exportModel } from '../../actions/linkage/export-model.js';
import { parseMap } from '../../actions/linkage/read-table.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { refuseUnknownCountry } from '../shared/country.js';
import { readInput } from '../shared/read-input.js';
import { modelAt } from './model-at.js';
import { refuseOverwriting } from './refuse-overwriting.js';
import { stages } from './stages.js';

interface Options {
  out?: string;
  model?: string;
  id?: string;
  map?: string[];
  country?: string;
}

export const run: Handler = async (cli, [action, list, other], options) => {
  const { out, model, id, map, country } = options as Options;
  if (action !== 'export') {
    throw new ItacaError('usage', `dedupe model does not know "${action}"`, {
      hint: 'itaca dedupe model export <list.csv> --format splink',
    });
  }
  if (country !== undefined) await refuseUnknownCountry(country);
  const paths = [list, other].filter((path) => path !== undefined) as string[];
  refuseOverwriting(out, [...paths, model]);
  const lists = [];
  for (const path of paths) lists.push({ bytes: await readInput(path), path });
  const { settings, rough, renamed } = exportModel({
    lists,
    id,
    mapped: parseMap(map),
    country: country?.toUpperCase(),
    trained: await modelAt(model),
    progress: stages(cli),
  });
  const text = `${JSON.stringify(settings, null, 2)}\n`;
  if (renamed.length > 0)
    cli.warn(
      `Splink needs the same names in both lists; rename in ${other} what is: ${printable(renamed.join(', '))}`,
    );
  if (rough.length > 0)
    cli.note(`in rough levels, for they are weighed word by word here: ${printable(rough.join(', '))}`);
  cli.note('not carried: addresses whose parts go together, households, how names sound, names swapped');
  if (out === undefined)
    return cli.output.json ? cli.output.thing(settings) : cli.output.page(text.trimEnd());
  if (!cli.dryRun) writeWhole(out, [Buffer.from(text)]);
  const count = settings.comparisons.length;
  const said = `${cli.dryRun ? 'would write' : 'wrote'} ${out}: ${count} comparisons for Splink 4 with DuckDB`;
  await cli.output.outcome({ out, comparisons: count, rough, renamed }, said, said);
};
