import { createReadStream } from 'node:fs';
import {
  applyImportReviews,
  type ImportReviewsReport,
  planImportReviews,
  type ReviewInput,
} from '../../actions/import-reviews.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import type { DateOrder } from '../../domain/eventlog/stamps.js';
import { readInput } from '../shared/read-input.js';
import { planAndApply } from './plan-and-apply.js';
import { sizeOf } from './size-of.js';

const shownLines = 6;

export const run: Handler = async (cli, args, options) => {
  await cli.workspace();
  const { source, dates } = options as { source?: string; dates?: DateOrder };
  const paths = args.flat().filter((path) => path !== undefined);
  const files = await Promise.all(paths.map(inputOf));
  const report = await planAndApply(cli, {
    plan: (tools) =>
      planImportReviews(
        {
          files: files.map((file) => file()),
          ...(source === undefined ? {} : { source }),
          ...(dates === undefined ? {} : { dates }),
        },
        tools,
      ),
    apply: applyImportReviews,
    question: ({ created, updated, cases }) =>
      `Put ${created + updated} reviews on file, and open ${cases} cases?`,
    explain: (report) => explain(cli, report),
  });
  const sentence = `${countsOf(report)}${cli.dryRun && cli.io.outIsTerminal ? ' (nothing was written)' : ''}`;
  await cli.output.outcome(report, sentence, sentence);
  const { reviews, refused, errors } = report;
  const [first] = errors;
  if (first && refused === reviews)
    throw new ItacaError('invalid', `all ${reviews} reviews were refused; the first: ${first.message}`, {
      path: first.path,
      line: first.line,
    });
};

/** A file, read anew each time; standard input, read once. */
async function inputOf(path: string): Promise<() => ReviewInput> {
  if (path !== '-') {
    await sizeOf(path);
    return () => ({ path, input: createReadStream(path, { highWaterMark: 1 << 18 }) });
  }
  const bytes = await readInput(path);
  const input = async function* () {
    yield bytes;
  };
  return () => ({ path: 'standard input', input: input() });
}

function countsOf({
  reviews,
  created,
  updated,
  unchanged,
  refused,
  replies,
  cases,
}: ImportReviewsReport): string {
  const more = [`${cases} cases opened`, ...(replies > 0 ? [`${replies} answers of ours`] : [])].join(', ');
  return `${reviews} reviews = ${created} created + ${updated} updated + ${unchanged} unchanged + ${refused} refused; ${more}`;
}

function explain(cli: Cli, { errors, refused }: ImportReviewsReport): void {
  for (const { path, line, message } of errors.slice(0, shownLines))
    cli.note(printable(`${path}:${line}: ${message}`));
  if (refused > shownLines) cli.note(`… and ${refused - shownLines} more refused; see --json`);
}
