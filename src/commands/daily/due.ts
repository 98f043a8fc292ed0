import { listDue } from '../../actions/list-due.js';
import type { Handler } from '../../cli/spec.js';
import { endOf } from '../../domain/time/clock.js';
import { parseWhen } from '../../domain/time/parse-when.js';
import { type Row, shortTime } from '../shared/columns.js';

interface Options {
  mine?: boolean;
  overdue?: boolean;
  within?: string;
}

export const run: Handler = async (cli, _args, options) => {
  const { mine, overdue, within } = options as Options;
  const workspace = await cli.workspace();
  const { clock } = workspace;
  const tell = (note: string) => cli.warn(note);
  const before = within === undefined ? undefined : endOf(parseWhen(within, clock, tell), clock.timeZone);
  const rows = await listDue(workspace, {
    ...(mine ? { by: await cli.actor() } : {}),
    ...(overdue ? { overdue } : {}),
    ...(before === undefined ? {} : { before }),
  });
  await cli.warnOfProblems();
  await cli.output.list(
    rows as unknown as Row[],
    [
      { key: 'due', style: 'cyan', show: (row) => shortTime(row.due) },
      { key: 'overdue', title: '', show: (row) => (row.overdue ? 'LATE' : ''), style: 'red' },
      { key: 'kind', style: 'dim', optional: true },
      { key: 'what', style: 'bold', flex: true },
      { key: 'for', flex: true },
      { key: 'by', show: (row) => String(row.by ?? '–') },
      { key: 'ref', style: 'dim', flex: true, optional: true },
    ],
    'nothing is due',
  );
};
