import { verifyAgreements } from '../../actions/agreements/verify-agreements.js';
import type { Handler } from '../../cli/spec.js';
import { type Row, shortTime } from '../shared/columns.js';

export const run: Handler = async (cli, [which]) => {
  const found = await verifyAgreements((which ?? []) as string[], await cli.workspace());
  await cli.warnOfProblems();
  await cli.output.list(
    found as unknown as Row[],
    [
      { key: 'number', style: 'bold', show: (row) => String(row.number ?? row.agreement) },
      { key: 'party', title: 'who', flex: true },
      { key: 'finding', style: 'red', show: (row) => String(row.finding).replaceAll('_', ' ') },
      { key: 'at', title: 'when', style: 'cyan', show: (row) => shortTime(row.at) },
      { key: 'what', flex: true },
      { key: 'evidence', style: 'dim', flex: true },
      { key: 'agreement', hidden: true },
    ],
    'what customers were told is what is on record',
  );
  if (found.length > 0) process.exitCode = 1;
};
