import { listDue } from '../../actions/list-due.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { endOf } from '../../domain/time/clock.js';
import { parseWhen } from '../../domain/time/parse-when.js';
import { idColumn, type Row, shortTime } from '../shared/columns.js';
import { knownMember, knownOffice } from '../shared/known.js';

interface Options {
  mine?: boolean;
  office?: string | true;
  overdue?: boolean;
  within?: string;
  ics?: boolean;
}

export const run: Handler = async (cli, _args, options) => {
  const { mine, office, overdue, within, ics } = options as Options;
  const workspace = await cli.workspace();
  if (ics && (cli.output.json || cli.globals.csv || cli.globals.fields !== undefined))
    throw new ItacaError('usage', '--ics is a form of its own', {
      hint: 'leave out --json, --csv and --fields',
    });
  const { clock } = workspace;
  const tell = (note: string) => cli.warn(note);
  const before = within === undefined ? undefined : endOf(parseWhen(within, clock, tell), clock.timeZone);
  const rows = await listDue(workspace, {
    ...(mine ? { by: await knownMember(cli, await cli.actor()) } : {}),
    ...(office === undefined ? {} : { office: await knownOffice(cli, office) }),
    ...(overdue ? { overdue } : {}),
    ...(before === undefined ? {} : { before }),
  });
  await cli.warnOfProblems();
  if (ics) {
    const { dueCalendar } = await import('../../actions/due-calendar.js');
    cli.io.out.write(dueCalendar(rows, workspace));
    return;
  }
  await cli.output.list(
    rows as unknown as Row[],
    [
      idColumn,
      { key: 'due', show: (row) => shortTime(row.due) },
      { key: 'overdue', title: '', show: (row) => (row.overdue ? 'LATE' : ''), style: 'red' },
      { key: 'kind', style: 'dim', optional: true },
      { key: 'what', style: 'bold', flex: true },
      { key: 'for', flex: true },
      { key: 'by', show: (row) => String(row.by ?? '–') },
    ],
    'nothing is due',
  );
};
