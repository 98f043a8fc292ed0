import { applyImportVcard, type ImportVcardReport, planImportVcard } from '../../actions/import-vcard.js';
import { refuseStranger } from '../../actions/refuse-stranger.js';
import type { Tools } from '../../actions/tools.js';
import type { Handler } from '../../cli/spec.js';
import { readInput } from '../shared/read-input.js';
import { difference } from './difference.js';
import { planAndApply } from './plan-and-apply.js';
import { type Preference, preferenceOf } from './prefer.js';

interface Options {
  source?: string;
  tag?: string[];
  office?: string;
  owner?: string;
  photos?: boolean;
  prefer?: Preference;
}

export const run: Handler = async (cli, args, options) => {
  const { source, tag, office, owner, photos, prefer = 'record' } = options as Options;
  await cli.workspace();
  const files: { path: string; bytes: Uint8Array }[] = [];
  for (const path of args.flat().filter((one) => one !== undefined))
    files.push({ path: path === '-' ? 'standard input' : path, bytes: await readInput(path) });
  const progress = cli.progress('reading cards');
  const plan = (tools: Tools, preferring: Awaited<ReturnType<typeof preferenceOf>>) => {
    refuseStranger(owner, tools);
    return planImportVcard(
      {
        files,
        ...(source ? { source } : {}),
        ...(tag ? { tags: tag } : {}),
        ...(office ? { office } : {}),
        ...(owner ? { owner } : {}),
        ...(photos ? { photos } : {}),
        ...(preferring ? { prefer: preferring } : {}),
        progress: (done, total) => progress.show(done, total),
      },
      tools,
    );
  };
  const preferring = await preferenceOf(cli, prefer, async () => {
    const { report } = await plan(await cli.tools(), undefined);
    return report.left;
  });
  const report = await planAndApply(cli, {
    plan: (tools: Tools) => plan(tools, preferring),
    apply: applyImportVcard,
    question: (report) => `Write ${report.created} new records and update ${report.updated}?`,
    explain: (report) => difference(cli, report),
  });
  progress.show(1, 1);
  const sentence = `${counts(report, photos)}${cli.dryRun && cli.io.outIsTerminal ? ' (nothing was written)' : ''}`;
  await cli.output.outcome(report, sentence, sentence);
};

function counts(report: ImportVcardReport, kept: boolean | undefined): string {
  const { rows, created, updated, unchanged, refused, companies, groups, photos } = report;
  const beside = [
    companies > 0 ? `; ${companies} new companies` : '',
    groups > 0 ? `; ${groups} groups as tags` : '',
    photos > 0 ? `; ${photos} photos ${kept ? 'kept' : 'left out'}` : '',
  ].join('');
  return `${rows} cards = ${created} created + ${updated} updated + ${unchanged} unchanged + ${refused} refused${beside}`;
}
