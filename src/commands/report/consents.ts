import { type ConsentReport, reportConsents } from '../../actions/consent/report-consents.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import type { Row } from '../shared/columns.js';
import { failWhere } from '../shared/print-report.js';

const shown = 10;

export const run: Handler = async (cli, _args, options) => {
  const { channel, failIfAny } = options as { channel: string; failIfAny?: boolean };
  const report = await reportConsents(await cli.workspace(), channel);
  await cli.warnOfProblems();
  failWhere(
    report.people.some(({ why }) => why === 'without_proof'),
    { failIfAny },
  );
  if (cli.output.json && cli.globals.fields === undefined) {
    await cli.output.thing(report);
    return;
  }
  await cli.output.list(
    report.purposes as unknown as Row[],
    [
      { key: 'purpose', style: 'bold' },
      { key: 'basis', title: 'rests on', style: 'dim', optional: true },
      { key: 'given', style: 'green' },
      { key: 'expiring', style: 'yellow' },
      { key: 'expired' },
      { key: 'refused' },
      { key: 'withdrawn' },
      { key: 'unknown', style: 'dim' },
      { key: 'without_proof', style: 'red' },
    ],
    'itaca.yaml names no purpose, and nobody said anything',
  );
  if (cli.io.outIsTerminal && !cli.globals.csv) for (const line of concerns(report)) cli.note(line);
};

function concerns({ people }: ConsentReport): string[] {
  const lines = people.slice(0, shown).map(({ name, ref, purpose, why, since, until }) => {
    const what = why === 'expiring' ? `ends ${until}` : `nothing proves it (given ${since.slice(0, 10)})`;
    return printable(`${purpose}: ${name} (${ref}): ${what}`);
  });
  return people.length > shown ? [...lines, `… and ${people.length - shown} more; see --json`] : lines;
}
