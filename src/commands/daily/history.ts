import { type HistoryRow, history } from '../../actions/history.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { short } from '../../domain/history/undo-target.js';
import { type Clock, endOf, startOf } from '../../domain/time/clock.js';
import { parsePast } from '../../domain/time/parse-past.js';
import { shortTime } from '../shared/columns.js';

interface Options {
  by?: string;
  since?: string;
  until?: string;
  command?: string;
  limit?: string;
  diff?: boolean;
}

export const run: Handler = async (cli, [ref], options) => {
  const { by, since, until, command, limit, diff } = options as Options;
  const workspace = await cli.workspace();
  if (diff && ref === undefined)
    throw new ItacaError('usage', '--diff needs a record', { hint: 'itaca history <ref> --diff' });
  const { clock } = workspace;
  const tell = (note: string) => cli.warn(note);
  const rows = await history(workspace, {
    ...(ref === undefined ? {} : { ref: ref as string }),
    ...(by === undefined ? {} : { by: by === 'me' ? await cli.actor() : by }),
    ...(command === undefined ? {} : { command }),
    ...moment('since', since, clock, startOf, tell),
    // The last second of the day, since the end of a day is the first of the next.
    ...moment('until', until, clock, (text, zone) => (endOf(text, zone) ?? 0) - 1, tell),
    ...(limit === undefined ? {} : { limit: wholeNumber(limit) }),
    ...(diff ? { diff } : {}),
  });
  if (diff && !cli.output.json && !cli.globals.csv && !cli.globals.fields) return showDiffs(cli, rows);
  await cli.output.list(rows, ref === undefined ? ofWorkspace : ofRecord, 'no commit');
};

const common: Column<HistoryRow>[] = [
  { key: 'at', title: 'when', style: 'cyan', show: ({ at }) => shortTime(at) },
  { key: 'actor', title: 'who' },
  { key: 'command', title: 'what', style: 'bold', flex: true },
  { key: 'commit', style: 'dim', show: ({ commit }) => short(commit) },
];

const ofRecord: Column<HistoryRow>[] = [
  ...common,
  { key: 'change', optional: true },
  { key: 'path', flex: true, optional: true },
  { key: 'from', flex: true, optional: true },
];

const ofWorkspace: Column<HistoryRow>[] = [
  ...common,
  { key: 'records', flex: true, optional: true, show: recordsOf },
  { key: 'paths', title: 'files', flex: true, optional: true },
];

function recordsOf({ records, record_count }: HistoryRow): string {
  return record_count > 2 ? `${record_count} records` : records.join(', ');
}

async function showDiffs(cli: Cli, rows: HistoryRow[]): Promise<void> {
  const { color } = cli.io;
  const style = (line: string) => {
    if (line.startsWith('@@')) return color.cyan(line);
    if (/^(?:diff|index|---|\+\+\+|similarity|rename|new file|deleted)/.test(line)) return color.dim(line);
    return line.startsWith('+') ? color.green(line) : line.startsWith('-') ? color.red(line) : line;
  };
  const blocks = rows.map(({ at, actor, command, commit, diff }) => {
    const lines = (diff ?? '').split('\n').map((line) => style(printable(line)));
    const head = printable(`${at} ${actor}: ${command} (${short(commit)})`);
    return [color.bold(head), ...lines].join('\n');
  });
  if (blocks.length > 0) await cli.output.page(blocks.join('\n\n'));
}

function moment(
  key: 'since' | 'until',
  text: string | undefined,
  clock: Clock,
  edge: (value: string, zone: string) => number | undefined,
  tell: (note: string) => void,
): Record<string, number> {
  const ms = text === undefined ? undefined : edge(parsePast(text, clock, tell), clock.timeZone);
  return ms === undefined ? {} : { [key]: ms };
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new ItacaError('usage', `--limit takes a whole number, not "${text}"`);
}
