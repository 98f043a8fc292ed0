import { listEnrolments } from '../../actions/sequence/list-enrolments.js';
import type { Handler } from '../../cli/spec.js';
import { idColumn, type Row, shortTime } from '../shared/columns.js';

export const run: Handler = async (cli, [name], options) => {
  const { all } = options as { all?: boolean };
  const rows = (await listEnrolments(await cli.workspace(), name as string | undefined)).filter(
    ({ state }) => all || state === 'active' || state === 'paused',
  );
  await cli.warnOfProblems();
  await cli.output.list(
    rows as unknown as Row[],
    [
      idColumn,
      { key: 'name', style: 'bold', flex: true },
      { key: 'sequence' },
      { key: 'state', style: 'yellow', show: (row) => String(row.reason ?? row.state) },
      { key: 'step', show: (row) => [row.step, row.channel].filter(Boolean).join(', ') },
      {
        key: 'due',
        title: 'when',
        show: (row) => (row.task ? 'once it is done' : shortTime(row.due)),
      },
      { key: 'held', title: 'held back', flex: true },
      { key: 'why', flex: true, optional: true },
      { key: 'since', hidden: true },
      { key: 'by', hidden: true },
      { key: 'task', hidden: true },
      { key: 'evidence', hidden: true },
    ],
    'nobody is in a sequence',
  );
};
