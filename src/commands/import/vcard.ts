import { applyImportVcard, type ImportVcardReport, planImportVcard } from '../../actions/import-vcard.js';
import { refuseStranger } from '../../actions/refuse-stranger.js';
import type { Handler } from '../../cli/spec.js';
import { readInput } from '../shared/read-input.js';
import { explain } from './csv.js';
import { planAndApply } from './plan-and-apply.js';

interface Options {
  source?: string;
  tag?: string[];
  office?: string;
  owner?: string;
  photos?: boolean;
}

export const run: Handler = async (cli, args, options) => {
  const { source, tag, office, owner, photos } = options as Options;
  const paths = args.flat().filter((path) => path !== undefined);
  const files: { path: string; bytes: Uint8Array }[] = [];
  for (const path of paths)
    files.push({ path: path === '-' ? 'standard input' : path, bytes: await readInput(path) });
  const progress = cli.progress('reading cards');
  const report = await planAndApply(cli, {
    plan: (tools) => {
      refuseStranger(owner, tools);
      return planImportVcard(
        {
          files,
          ...(source ? { source } : {}),
          ...(tag ? { tags: tag } : {}),
          ...(office ? { office } : {}),
          ...(owner ? { owner } : {}),
          ...(photos ? { photos } : {}),
          progress: (done, total) => progress.show(done, total),
        },
        tools,
      );
    },
    apply: applyImportVcard,
    question: (report) => `Write ${report.created} new contacts and update ${report.updated}?`,
    explain: (report) => explain(cli, report),
  });
  progress.show(1, 1);
  const sentence = `${countsOf(report, photos)}${cli.dryRun && cli.io.outIsTerminal ? ' (nothing was written)' : ''}`;
  await cli.output.outcome(report, sentence, sentence);
};

function countsOf(report: ImportVcardReport, kept: boolean | undefined): string {
  const more = [
    report.companies > 0 ? `${report.companies} new companies` : '',
    report.groups > 0 ? `${report.groups} groups as tags` : '',
    report.photos > 0 ? `${report.photos} photos ${kept ? 'kept' : 'left out'}` : '',
  ].filter(Boolean);
  const { rows, created, updated, unchanged, refused } = report;
  return [
    `${rows} cards = ${created} created + ${updated} updated + ${unchanged} unchanged + ${refused} refused`,
    ...more,
  ].join('; ');
}
