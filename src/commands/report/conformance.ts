import { type ConformanceReport, reportConformance } from '../../actions/report-conformance.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { openedWithin } from '../shared/opened-within.js';
import { failWhere } from '../shared/print-report.js';

interface Options {
  type?: string;
  since?: string;
  until?: string;
  pair?: string[];
  classifier?: string;
  failIfAny?: boolean;
}

/** A list goes on after so many lines in `--json`. */
const shown = 8;

export const run: Handler = async (cli, [words], options) => {
  const workspace = await cli.workspace();
  const { type, pair = [], classifier, failIfAny, ...when } = options as Options;
  const report = await reportConformance(workspace, {
    query: await cli.query(words as string[]),
    type,
    ...openedWithin(when, workspace.clock),
    pairs: pair.map(pairOf),
    classifier:
      classifier
        ?.split(',')
        .map((key) => key.trim())
        .filter((key) => key !== '' && key !== 'activity') ?? [],
  });
  await cli.warnOfProblems();
  await cli.output.thing(report, summary(report, pair.map(pairOf), cli));
  failWhere(report.violations.length > 0, { failIfAny });
};

function pairOf(text: string): [string, string] {
  const [before, after, ...more] = text.split('>').map((part) => part.trim());
  if (before && after && more.length === 0) return [before, after];
  throw new ItacaError('usage', `--pair ${text}: expected two activities`, {
    hint: '--pair "Take in charge > Resolve"',
  });
}

function summary(report: ConformanceReport, asked: [string, string][], cli: Cli): string {
  const { color } = cli.io;
  const { cases, events, variants, mean_days, median_days } = report;
  if (cases === 0) return 'no case has a history';
  const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(1)}%`;
  const lines: string[] = [
    color.bold(`${cases} cases, ${events} events, ${variants} variants`),
    `from first to last event: ${mean_days} days on average, ${median_days} in the middle`,
  ];
  const part = (title: string, rows: string[]) => {
    if (rows.length === 0) return;
    lines.push('', color.bold(title), ...rows.slice(0, shown).map((row) => `  ${printable(row)}`));
    if (rows.length > shown) lines.push(color.dim(`  … and ${rows.length - shown} more; see --json`));
  };
  const count = (n: number) => String(n).padStart(String(events).length);
  part(
    'How cases fit their process',
    report.fitness.map(
      ({ type, cases: of, fitting, moves, allowed }) =>
        `${type}: ${fitting} of ${of} cases (${percent(fitting, of)}), ${allowed} of ${moves} moves`,
    ),
  );
  part(
    'Moves that the process does not allow',
    report.violations.map(
      ({ type, fault, from, to, skipped, moves, cases: refs }) =>
        `${count(moves)}  ${type}: ${from} → ${to}, ${fault.replaceAll('_', ' ')}${skipped.length > 0 ? ` ${skipped.join(', ')}` : ''} (${refs[0]}${refs.length > 1 ? ` and ${refs.length - 1} more` : ''})`,
    ),
  );
  part(
    'Most common ways',
    report.top_variants.map(
      ({ activities, cases: n }) => `${count(n)}  ${percent(n, cases)}  ${activities.join(' > ')}`,
    ),
  );
  part(
    'Activities (events, cases, cases in which more than once)',
    report.activities.map(({ activity, events: n, cases: of }) => {
      const again = report.rework.find((row) => row.activity === activity)?.cases ?? 0;
      return `${count(n)}  ${count(of)}  ${count(again)}  ${activity}`;
    }),
  );
  part(
    'Begin with',
    report.start.map(({ activity, cases: n }) => `${count(n)}  ${activity}`),
  );
  part(
    'End with',
    report.end.map(({ activity, cases: n }) => `${count(n)}  ${activity}`),
  );
  // Without a wish, the rules that few of the cases break that they are about.
  const wished = ({ before, after }: { before: string; after: string }) =>
    asked.some(([one, other]) => one === before && other === after);
  const telling = (rows: ConformanceReport['precedence']) =>
    rows
      .filter((row) => {
        const broken = row.cases - row.satisfied;
        return asked.length > 0 ? wished(row) : broken > 0 && broken < 0.1 * row.activated;
      })
      .sort((a, b) => b.activated - a.activated);
  part(
    'First one, then the other',
    telling(report.precedence).map(
      ({ before, after, satisfied }) => `${count(satisfied)}  no ${after} before ${before}`,
    ),
  );
  part(
    'After one always the other',
    telling(report.response).map(
      ({ before, after, satisfied }) => `${count(satisfied)}  ${before}, later ${after}`,
    ),
  );
  return lines.join('\n');
}
