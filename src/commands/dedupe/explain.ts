import { explainRecords, type RecordsExplanation } from '../../actions/linkage/explain-records.js';
import { explainRows } from '../../actions/linkage/explain-rows.js';
import { parseMap } from '../../actions/linkage/read-table.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import type { Explanation } from '../../domain/dedupe/linkage/explain.js';
import { ItacaError } from '../../domain/error.js';
import { refuseUnknownCountry } from '../shared/country.js';
import { readInput } from '../shared/read-input.js';
import { modelAt } from './model-at.js';
import { renderExplanation } from './render-explanation.js';
import { stages } from './stages.js';

interface Options {
  in?: string;
  with?: string;
  id?: string;
  map?: string[];
  country?: string;
  model?: string;
}

export const run: Handler = async (cli, [a, b], options) => {
  const { in: list, with: other, id, map, country, model } = options as Options;
  if (list === undefined) {
    const only = Object.entries({ with: other, id, map, country }).find(([, value]) => value !== undefined);
    if (only)
      throw new ItacaError('usage', `--${only[0]} is about a list`, { hint: 'name it: --in <list.csv>' });
    return print(cli, await explainRecords(await cli.workspace(), a as string, b as string));
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
    trained: await modelAt(model),
    progress: stages(cli),
  });
  await print(cli, explanation);
};

async function print(cli: Cli, explanation: Explanation & Partial<RecordsExplanation>): Promise<void> {
  if (cli.output.json) return cli.output.thing(explanation);
  const { a, b, decided = [], prior, fields, adjustment, total, probability, verdict } = explanation;
  if (!cli.io.outIsTerminal || cli.globals.fields || cli.globals.csv) {
    const rows = [
      { field: 'prior', weight: prior },
      ...fields,
      { field: 'adjustment', weight: adjustment },
      { field: 'total', level: verdict, weight: total, probability },
    ];
    return cli.output.list(
      rows,
      ['field', 'level', 'weight', 'a', 'b'].map((key) => ({ key })),
    );
  }
  const said = decided.map(
    ({ same, by = 'somebody', at, why }) =>
      `${by} decided on ${at.slice(0, 10)}: ${same ? 'one' : 'two'}${why ? ` (${why})` : ''}`,
  );
  const lines = [...(a && b ? [`${a} and ${b}`, ''] : [])].map((line) => printable(line));
  const decisions = said.map((line) => printable(line));
  await cli.output.page([...lines, renderExplanation(explanation, cli.io), ...decisions].join('\n'));
}
