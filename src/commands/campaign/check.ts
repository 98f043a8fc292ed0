import { checkCampaign } from '../../actions/campaign/check-campaign.js';
import type { Handler } from '../../cli/spec.js';
import { compilerLine } from '../shared/problem-lines.js';

export const run: Handler = async (cli, [which]) => {
  const findings = await checkCampaign(await cli.workspace(), which as string, cli.env);
  if (findings.some(({ severity }) => severity !== 'info')) process.exitCode = 1;
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
  if (findings.every(({ severity }) => severity === 'info')) cli.note('nothing is wrong with it');
};
