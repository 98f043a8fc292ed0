import type { ImportMailReport, LeftReason } from '../../actions/import-mail/report.js';
import { applyImportMail, planImportMail } from '../../actions/import-mail.js';
import { closeSources, openSources } from '../../actions/inbox/open-sources.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { planAndApply } from './plan-and-apply.js';

interface Options {
  sent?: boolean;
  files?: boolean;
}

const shownLines = 6;

export const run: Handler = async (cli, args, options) => {
  const { sent = false, files = false } = options as Options;
  const tools = await cli.tools();
  const paths = args.flat().filter((path) => path !== undefined);
  const { opened, failed } = await openSources(
    paths,
    { base: process.cwd(), stdin: process.stdin, environment: cli.env, sent },
    tools,
  );
  const progress = cli.progress('reading messages');
  let report: ImportMailReport;
  try {
    // An archive that is not there is no archive without messages.
    if (failed[0]) throw failed[0].error;
    report = await planAndApply(cli, {
      plan: (tools) =>
        planImportMail({ sources: opened, files, progress: (done) => progress.show(done, done + 1) }, tools),
      apply: applyImportMail,
      question: ({ created }) => `Put ${created} messages on file?`,
      explain: (report) => explain(cli, report),
    });
  } finally {
    await closeSources(opened);
    progress.show(1, 1);
  }
  const { members = {}, mail } = tools.workspace.config;
  if (!sent && mail?.from === undefined && Object.values(members).every(({ emails }) => !emails?.length))
    cli.note(
      'no member of itaca.yaml has an address, so all of it counts as what came in: set members.<name>.emails, or say --sent',
    );
  const sentence = `${countsOf(report)}${cli.dryRun && cli.io.outIsTerminal ? ' (nothing was written)' : ''}`;
  await cli.output.outcome(report, sentence, sentence);
};

const reasons: Record<LeftReason, string> = {
  unreadable: 'unreadable',
  undated: 'without a date',
  machine: 'written by machines',
  stranger: 'of strangers',
  nobody_on_file: 'to nobody on file',
  not_certain: 'of one of several',
};

function countsOf({ rows, created, unchanged, refused, refused_by: by, suppressed }: ImportMailReport) {
  const why = (Object.entries(by) as [LeftReason, number][]).map(([reason, n]) => `${n} ${reasons[reason]}`);
  return (
    `${rows} messages = ${created} created + 0 updated + ${unchanged} unchanged + ${refused} refused` +
    `${why.length > 0 ? ` (${why.join(', ')})` : ''}${suppressed > 0 ? `; ${suppressed} suppressed` : ''}`
  );
}

function explain(cli: Cli, { errors, refused_by: by, strangers }: ImportMailReport): void {
  // Newsletters and strangers are many; what could not be read is told one by one.
  const told = by.unreadable || by.undated || by.not_certain ? errors : [];
  for (const { path, line, message } of told.slice(0, shownLines))
    cli.note(printable(`${path}, message ${line}: ${message}`));
  if (strangers.length === 0) return;
  const most = strangers.slice(0, shownLines).map(({ address, messages }) => `${address} (${messages})`);
  cli.note(
    printable(`nobody on file: ${most.join(', ')}; who is put on file has his words with the next import`),
  );
}
