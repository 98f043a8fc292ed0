import { applyImport, planImportCsv } from '../../actions/import-csv.js';
import type { PeopleReport } from '../../actions/import-people/entry.js';
import { refuseStranger } from '../../actions/refuse-stranger.js';
import type { Tools } from '../../actions/tools.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import { plain } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import { readInput } from '../shared/read-input.js';
import { planAndApply } from './plan-and-apply.js';

interface Options {
  source?: string;
  tag?: string[];
  office?: string;
  owner?: string;
}

const shownLines = 6;

export const run: Handler = async (cli, [list], options) => {
  const { source, tag, office, owner } = options as Options;
  const input = await readInput(list as string);
  const progress = cli.progress('reading the list');
  const planned = (tools: Tools) => {
    refuseStranger(owner, tools);
    return planImportCsv(
      {
        input,
        path: list as string,
        ...(source ? { source } : {}),
        ...(tag ? { tags: tag } : {}),
        ...(office ? { office } : {}),
        ...(owner ? { owner } : {}),
        progress: (done, total) => progress.show(done, total),
      },
      tools,
    );
  };
  const report = await planAndApply(cli, {
    plan: planned,
    apply: applyImport,
    question: (report) => `Write ${report.created} new contacts and update ${report.updated}?`,
    explain: (report) => explain(cli, report),
  });
  progress.show(1, 1);
  const sentence =
    `${report.rows} rows = ${report.created} created + ${report.updated} updated + ${report.unchanged} unchanged + ${report.refused} refused` +
    `${report.companies > 0 ? `; ${report.companies} new companies` : ''}${report.suppressed > 0 ? `; ${report.suppressed} suppressed` : ''}` +
    `${cli.dryRun && cli.io.outIsTerminal ? ' (nothing was written)' : ''}`;
  await cli.output.outcome(report, sentence, sentence);
};

/** Tells what becomes of the people of an import, and what is wrong with some. */
export function explain(cli: Cli, report: PeopleReport): void {
  const lines = [
    ...(report.records ?? [])
      .filter(({ action }) => action !== 'unchanged')
      .map(
        ({ line, action, ref, set }) =>
          `line ${line}: ${action} ${ref}${set ? ` (${Object.keys(set).join(', ')})` : ''}`,
      ),
    ...report.errors.map(({ line, message }) => `line ${line}: ${message}`),
    ...report.left.map(
      ({ line, ref, key, record, file }) =>
        `line ${line}: ${key} of ${ref} stays ${plain(record)}, the list says ${plain(file)}`,
    ),
  ];
  for (const line of lines.slice(0, shownLines)) cli.note(printable(line));
  if (lines.length > shownLines) cli.note(`… and ${lines.length - shownLines} more; see --json`);
}
