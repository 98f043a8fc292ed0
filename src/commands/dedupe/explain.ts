import { explainRows } from '../../actions/linkage/explain-rows.js';
import { parseMap } from '../../actions/linkage/read-table.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { refuseUnknownCountry } from '../shared/country.js';
import { readInput } from '../shared/read-input.js';
import { renderExplanation } from './render-explanation.js';
import { stages } from './stages.js';

interface Options {
  in?: string;
  with?: string;
  id?: string;
  map?: string[];
  country?: string;
}

export const run: Handler = async (cli, [a, b], options) => {
  const { in: list, with: other, id, map, country } = options as Options;
  if (list === undefined) {
    throw new ItacaError('usage', 'in which list are these rows?', { hint: 'name it: --in <list.csv>' });
  }
  if (country !== undefined) await refuseUnknownCountry(country);
  const lists = [];
  for (const path of other === undefined ? [list] : [list, other])
    lists.push({ bytes: await readInput(path), path });
  const explanation = explainRows({
    lists,
    a: a as string,
    b: b as string,
    id,
    mapped: parseMap(map),
    country: country?.toUpperCase(),
    progress: stages(cli),
  });
  if (cli.output.json) return cli.output.thing(explanation);
  if (cli.io.outIsTerminal && !cli.globals.fields && !cli.globals.csv)
    return cli.output.page(renderExplanation(explanation, cli.io));
  const { prior, fields, adjustment, total, probability, verdict } = explanation;
  await cli.output.list(
    [
      { field: 'prior', weight: prior },
      ...fields,
      { field: 'adjustment', weight: adjustment },
      { field: 'total', level: verdict, weight: total, probability },
    ],
    ['field', 'level', 'weight', 'a', 'b'].map((key) => ({ key })),
  );
};
