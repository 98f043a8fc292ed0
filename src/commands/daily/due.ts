import { listDue } from '../../actions/list-due.js';
import type { Cli } from '../../cli/context.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { endOf } from '../../domain/time/clock.js';
import { parseWhen } from '../../domain/time/parse-when.js';
import { type Row, shortTime } from '../shared/columns.js';

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
    ...(mine ? { by: await cli.actor() } : {}),
    ...(office === undefined ? {} : { office: await officeOf(cli, office) }),
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

/** The office that is named, or that of who asks. */
async function officeOf(cli: Cli, named: string | true): Promise<string> {
  const { config } = await cli.workspace();
  const { members = {}, offices = {} } = config;
  if (named === true) {
    const me = await cli.actor();
    const own = members[me]?.office;
    if (own === undefined) throw new ItacaError('usage', `itaca.yaml names no office of ${me}`);
    return own;
  }
  if (named in offices || Object.keys(offices).length === 0) return named;
  throw new ItacaError('usage', `there is no office "${named}"`, {
    hint: `there are: ${Object.keys(offices).join(', ')}`,
  });
}
