import { type Explanation, explainRecords } from '../../actions/linkage/explain-records.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';

const verdicts = { same: 'the same', ask: 'for a person to look at', different: 'different' };

export const run: Handler = async (cli, [a, b]) => {
  const explained = await explainRecords(await cli.workspace(), a as string, b as string);
  await cli.output.thing(explained, cli.io.outIsTerminal ? await explanation(explained, cli) : undefined);
};

async function explanation(
  { a, b, prior, fields, adjustment, total, probability, verdict, decided = [] }: Explanation,
  { io }: Cli,
): Promise<string> {
  const { renderTable } = await import('../../cli/table.js');
  const rows = [
    ['any two', '', '', '', bits(prior)],
    ...fields
      .filter(({ level }) => level !== '')
      .map(({ field, level, weight, ...pair }) => [field, pair.a, pair.b, level, bits(weight)]),
    ['together', '', '', 'fields that go together', bits(adjustment)],
    ['in all', '', '', `${(probability * 100).toFixed(1)} %`, bits(total)],
  ];
  const headings = [
    { title: 'field' },
    { title: a, flex: true },
    { title: b, flex: true },
    { title: 'agreement', flex: true },
    { title: 'bits' },
  ];
  const said = decided.map(
    ({ same, by = 'somebody', at, why }) =>
      `${by} decided on ${at.slice(0, 10)}: ${same ? 'one' : 'two'}${why ? ` (${why})` : ''}`,
  );
  return [
    renderTable(
      headings,
      rows.map((row) => row.map((cell) => printable(cell))),
      io,
    ),
    '',
    ...said.map((line) => printable(line)),
    `Verdict: ${verdicts[verdict]}`,
  ].join('\n');
}

function bits(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`;
}
