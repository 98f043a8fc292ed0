import type { ListConsentInput } from '../../actions/consent/list-consent.js';
import { applyImport, type ImportReport, planImportCsv } from '../../actions/import-csv.js';
import { refuseStranger } from '../../actions/refuse-stranger.js';
import type { Tools } from '../../actions/tools.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { parsePairs } from '../../domain/lists/mapping.js';
import { readInput } from '../shared/read-input.js';
import { difference } from './difference.js';
import { planAndApply } from './plan-and-apply.js';
import { type Preference, preferenceOf } from './prefer.js';

interface Options {
  source?: string;
  tag?: string[];
  office?: string;
  owner?: string;
  map?: string[];
  save?: string;
  prefer?: Preference;
  consent?: string;
  wording?: string;
  at?: string;
}

export const run: Handler = async (cli, [list], options) => {
  const { source, tag, office, owner, map = [], save, prefer = 'record' } = options as Options;
  const pairs = parsePairs(map);
  const consent = consentOf(options as Options);
  const input = await readInput(list as string);
  const progress = cli.progress('reading the list');
  const plan = (tools: Tools, preferring: Awaited<ReturnType<typeof preferenceOf>>) => {
    refuseStranger(owner, tools);
    return planImportCsv(
      {
        input,
        path: list as string,
        pairs,
        ...(source ? { source } : {}),
        ...(tag ? { tags: tag } : {}),
        ...(office ? { office } : {}),
        ...(owner ? { owner } : {}),
        ...(save ? { save } : {}),
        ...(preferring ? { prefer: preferring } : {}),
        ...(consent ? { consent } : {}),
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
    apply: applyImport,
    question: (report) => `Write ${report.created} new records and update ${report.updated}?`,
    explain: (report) => difference(cli, report),
  });
  progress.show(1, 1);
  const sentence = `${counts(report)}${cli.dryRun && cli.io.outIsTerminal ? ' (nothing was written)' : ''}`;
  await cli.output.outcome(report, sentence, sentence);
  if (report.left_out.length > 0) cli.note(leftOut(report.left_out));
};

/** What everybody in the list is said to have agreed to: only with the words that they were shown. */
function consentOf({ consent: purpose, wording, at }: Options): ListConsentInput | undefined {
  if (purpose === undefined && wording === undefined && at === undefined) return undefined;
  if (purpose === undefined || wording === undefined) {
    throw new ItacaError(
      'usage',
      '--consent says what for, --wording what they were shown: both are needed',
      {
        hint: 'a list by itself proves no consent: --consent newsletter --wording form.txt --at 2026-10-08',
      },
    );
  }
  return { purpose, wording, ...(at === undefined ? {} : { at }) };
}

/** More names than these are in `--json`. */
const namesTold = 8;

function leftOut(names: readonly string[]): string {
  const told = names.slice(0, namesTold).map((name) => name.slice(0, 60));
  const more = names.length - told.length;
  return `left out: ${told.join(', ')}${more > 0 ? ` and ${more} more; see --json` : ''}`;
}

function counts(report: ImportReport): string {
  const { format, rows, created, updated, unchanged, refused, companies, contacts, suppressed, consents } =
    report;
  const beside = [
    companies > 0 ? `; ${companies} new companies` : '',
    contacts > 0 ? `; ${contacts} new contacts` : '',
    suppressed > 0 ? `; ${suppressed} suppressed` : '',
    consents ? `; ${consents.given} consents given, ${consents.withheld.length} withheld` : '',
  ].join('');
  const read = format === 'csv' ? '' : `${format}: `;
  return `${read}${rows} rows = ${created} created + ${updated} updated + ${unchanged} unchanged + ${refused} refused${beside}`;
}
