import type { Finding } from '../../actions/campaign/message-findings.js';
import type { Cli } from '../../cli/context.js';
import { compilerLine } from './problem-lines.js';

/** Prints what is wrong with messages before they leave; exits 1 where anything is. */
export async function printFindings(cli: Cli, findings: Finding[]): Promise<void> {
  const wrong = findings.some(({ severity }) => severity !== 'info');
  if (wrong) process.exitCode = 1;
  if (cli.output.json || cli.globals.csv || cli.globals.fields) {
    await cli.output.list(findings, [
      { key: 'severity' },
      { key: 'path' },
      { key: 'line' },
      { key: 'column' },
      { key: 'message' },
      { key: 'hint', hidden: true },
    ]);
    return;
  }
  for (const finding of findings) {
    const { severity, message } = finding;
    cli.output.line(compilerLine({ ...finding, message: `${severity}: ${message}` }));
  }
  if (!wrong) cli.note('nothing is wrong with it');
}
