import {
  applyImportOrders,
  type ImportOrdersOptions,
  type ImportOrdersReport,
  planImportOrders,
} from '../../actions/import-orders.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import { plain } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { readInput } from '../shared/read-input.js';
import { planAndApply } from './plan-and-apply.js';

const shownLines = 6;

export const run: Handler = async (cli, [file], options) => {
  await cli.workspace();
  const given = options as Pick<ImportOrdersOptions, 'prefer' | 'dates'>;
  const input = await readInput(file as string);
  const report = await planAndApply(cli, {
    plan: (tools) => planImportOrders({ ...given, input, path: file as string }, tools),
    apply: applyImportOrders,
    question: ({ created, updated }) =>
      `Write the orders of ${created} new rows, and update those of ${updated}?`,
    explain: (report) => explain(cli, report),
  });
  const { rows, created, updated, unchanged, refused, orders, unknown, missing, differs } = report;
  const more = [
    `${orders} orders`,
    ...(unknown.length > 0 ? [`${unknown.length} of unknown people`] : []),
    ...(missing.length > 0 ? [`${missing.length} on file are missing`] : []),
    ...(differs.length > 0 ? [`${differs.length} values differ`] : []),
  ];
  const sentence =
    `${rows} rows = ${created} created + ${updated} updated + ${unchanged} unchanged + ${refused} refused; ` +
    `${more.join(', ')}${cli.dryRun && cli.io.outIsTerminal ? ' (nothing was written)' : ''}`;
  await cli.output.outcome(report, sentence, sentence);
  const [first] = report.errors;
  if (first && refused === rows)
    throw new ItacaError('invalid', `all ${rows} rows were refused; the first: ${first.message}`, {
      path: file as string,
      line: first.line,
    });
};

function explain(cli: Cli, { errors, unknown, missing, differs }: ImportOrdersReport): void {
  const lines = [
    ...errors.map(({ line, message }) => `line ${line}: ${message}`),
    ...differs.map(
      ({ line, number, key, record, file }) =>
        `line ${line}: ${key} of order ${number} is ${plain(record)} on file, ${plain(file)} in the list`,
    ),
    ...unknown.map(({ line, number, why }) => `line ${line}: whose order ${number} is: ${why}`),
    ...missing.map(({ number, placed_at }) => `order ${number} of ${placed_at} is not in the list`),
  ];
  for (const line of lines.slice(0, shownLines)) cli.note(printable(line));
  if (lines.length > shownLines) cli.note(`… and ${lines.length - shownLines} more; see --json`);
}
