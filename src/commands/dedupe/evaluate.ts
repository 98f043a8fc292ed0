import { type Evaluated, evaluateList } from '../../actions/linkage/evaluate-list.js';
import { parseMap } from '../../actions/linkage/read-table.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { refuseUnknownCountry } from '../shared/country.js';
import { readInput } from '../shared/read-input.js';
import { modelAt } from './model-at.js';
import { stages } from './stages.js';
import { warnOfWhatIsLeft } from './warn-of-what-is-left.js';

interface Options {
  truth?: string;
  id?: string;
  map?: string[];
  country?: string;
  model?: string;
  errors: string;
}

export const run: Handler = async (cli, [list, other], options) => {
  const { truth, id, map, country, model, errors } = options as unknown as Options;
  if (truth === undefined) {
    throw new ItacaError('usage', 'whether what is found is right needs the truth', {
      hint: 'name the column that says who each row is, or a file of pairs: --truth <column|pairs.csv>',
    });
  }
  if (!/^\d+$/.test(errors)) throw new ItacaError('usage', `--errors ${errors} is no whole number`);
  if (country !== undefined) await refuseUnknownCountry(country);
  const paths = [list, other].filter((path) => path !== undefined) as string[];
  const lists = [];
  for (const path of paths) lists.push({ bytes: await readInput(path), path });
  const evaluated = await evaluateList({
    lists,
    truth,
    read: readInput,
    id,
    mapped: parseMap(map),
    country: country?.toUpperCase(),
    trained: await modelAt(model),
    errors: Number(errors),
    progress: stages(cli),
  });
  const { evaluation } = evaluated;
  warnOfWhatIsLeft(cli, evaluation.rows, evaluated.bare, evaluation.blocking);
  const { errors: _errors, blocking: _blocking, ...measures } = evaluation;
  if (cli.io.outIsTerminal && !cli.output.json)
    await cli.output.thing(evaluation, await text(cli, evaluated));
  else await cli.output.thing(cli.output.json || cli.globals.fields ? evaluation : measures);
};

async function text(cli: Cli, { evaluation, fields }: Evaluated): Promise<string> {
  const { renderTable } = await import('../../cli/table.js');
  const { bold, dim } = cli.io.color;
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
  const parts = [
    [
      `${bold('F1')} ${bold(percent(evaluation.f1))}   precision ${percent(evaluation.precision)}, recall ${percent(evaluation.recall)}   B-cubed ${percent(evaluation.b3)}`,
      dim(
        `${evaluation.rows} rows, ${evaluation.true_pairs} true pairs, of which ${percent(evaluation.ceiling)} were among the ` +
          `${evaluation.candidates} compared, in ${evaluation.seconds.toFixed(1)} s`,
      ),
      dim(`compared: ${printable(fields.join(', '))}`),
    ].join('\n'),
  ];
  const titles = { found: 'Held to be one, and are two:', missed: 'Held to be two, and are one:' };
  for (const sort of ['found', 'missed'] as const) {
    const rows = evaluation.errors
      .filter(({ error }) => error === sort)
      .flatMap(({ line_a, line_b, probability, a, b }) => [
        [percent(probability), String(line_a), ...fields.map((field) => printable(a[field] ?? ''))],
        ['', String(line_b), ...fields.map((field) => printable(b[field] ?? ''))],
      ]);
    if (rows.length === 0) continue;
    const headings = [
      { title: 'probability' },
      { title: 'line' },
      ...fields.map((field) => ({ title: printable(field), flex: true, optional: true })),
    ];
    parts.push(`${titles[sort]}\n${renderTable(headings, rows, cli.io)}`);
  }
  return parts.join('\n\n');
}
