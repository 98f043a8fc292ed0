import type { LogColumns } from './columns.js';
import type { LogEvent, RawLog, Refusal } from './log.js';
import { type DateOrder, dateOrder, stampReader } from './stamps.js';

export interface GatherOptions {
  columns: LogColumns;
  /** IANA name; of stamps that state no offset. */
  timeZone: string;
  /** ISO 3166-1 alpha-2, where nothing else tells how dates are written. */
  country: string | undefined;
  dates: DateOrder | undefined;
  /** Of the log, for messages. */
  path: string;
}

/**
 * The events of each case, in the order of time; events of one moment stay in the order of the file.
 * @returns cases in the order in which the file first names them, and the events that belong to none or happened at no time
 * @throws ItacaError `invalid` where the dates contradict each other
 */
export function gatherCases(
  log: RawLog,
  { columns, timeZone, country, dates, path }: GatherOptions,
): { cases: Map<string, LogEvent[]>; refused: Refusal[] } {
  const cell = (cells: LogEvent['cells'], column: number | undefined) =>
    column === undefined ? undefined : cells[column] || undefined;
  function* stamps() {
    for (const { line, cells } of log.rows) yield { line, text: cell(cells, columns.at)?.trim() ?? '' };
  }
  const read = stampReader(timeZone, dates ?? dateOrder(stamps(), country, path));
  const cases = new Map<string, LogEvent[]>();
  const refused = [...log.refused];
  for (const { line, cells } of log.rows) {
    const name = cell(cells, columns.case)?.trim();
    const activity = cell(cells, columns.activity)?.trim();
    const when = cell(cells, columns.at)?.trim();
    if (!name || !activity || !when) {
      const lacks = !name ? 'no case' : !activity ? 'no activity' : 'no time';
      refused.push({
        line,
        message: `the event has ${lacks}: "${log.names[missing(columns, lacks)] ?? ''}" is empty`,
      });
      continue;
    }
    const stamp = read(when);
    if ('wrong' in stamp) {
      refused.push({ line, message: stamp.wrong });
      continue;
    }
    const event = {
      line,
      ms: stamp.ms,
      at: stamp.text,
      activity,
      by: cell(cells, columns.by)?.trim(),
      cells,
    };
    const events = cases.get(name);
    if (events) events.push(event);
    else cases.set(name, [event]);
  }
  for (const events of cases.values()) events.sort((a, b) => a.ms - b.ms);
  return { cases, refused };
}

function missing(columns: LogColumns, lacks: 'no case' | 'no activity' | 'no time'): number {
  return columns[lacks === 'no case' ? 'case' : lacks === 'no activity' ? 'activity' : 'at'] as number;
}
