import { foldText } from '../contacts/person-name.js';
import { ItacaError } from '../error.js';

/** What a column of an event log may say. All others are attributes. */
export const logFields = [
  'case',
  'activity',
  'at',
  'by',
  'from',
  'to',
  'title',
  'type',
  'contact',
  'channel',
  'priority',
] as const;

export type LogField = (typeof logFields)[number];

/** Which column says what: positions from 0. */
export type LogColumns = Partial<Record<LogField, number>>;

/** Names of columns, folded, the surest first: where a log has two of them, the first is taken. */
const names: Record<LogField, readonly string[]> = {
  case: [
    'case concept name',
    'case id',
    'caseid',
    'case',
    'case number',
    'trace id',
    'trace',
    'ticket id',
    'ticket number',
    'ticket',
    'incident id',
    'incident',
    'sr number',
    'id caso',
    'id ticket',
    'caso',
    'vorgang',
  ],
  activity: [
    'concept name',
    'activity',
    'activity name',
    'event name',
    'event',
    'task',
    'action',
    'attivita',
    'evento',
    'aktivitat',
  ],
  at: [
    'time timestamp',
    'complete timestamp',
    'timestamp',
    'event time',
    'date time',
    'datetime',
    'end timestamp',
    'start timestamp',
    'at',
    'time',
    'date',
    'data e ora',
    'data ora',
    'data',
    'zeitstempel',
  ],
  by: [
    'org resource',
    'resource',
    'by',
    'user',
    'agent',
    'operator',
    'performer',
    'risorsa',
    'operatore',
    'ressource',
    'bearbeiter',
  ],
  from: ['from', 'from state', 'old state', 'old status', 'previous state'],
  to: ['to', 'to state', 'new state', 'new status', 'state', 'status', 'stato'],
  title: ['case title', 'title', 'subject', 'summary', 'oggetto', 'betreff'],
  type: ['case type'],
  contact: ['case contact', 'contact', 'case customer', 'customer', 'cliente', 'kunde'],
  channel: ['case channel', 'channel', 'canale', 'kanal'],
  priority: ['case priority', 'priority', 'priorita', 'prioritat'],
};

/** Further words for a field on the left of `--map`. */
const words: Record<string, LogField> = {
  case_id: 'case',
  event: 'activity',
  time: 'at',
  timestamp: 'at',
  resource: 'by',
  state: 'to',
  customer: 'contact',
};

/** How many of these cells name what an event says: by this the header of a log is found among its first lines. */
export function knownLogNames(cells: readonly string[]): number {
  const folded = cells.map(foldText);
  return logFields.filter((field) => names[field].some((name) => folded.includes(name))).length;
}

/** The fields whose columns the usual names tell. */
export function recogniseLogColumns(header: readonly string[]): LogColumns {
  const folded = header.map(foldText);
  const found = logFields.flatMap((field): [LogField, number][] => {
    const name = names[field].find((one) => folded.includes(one));
    return name === undefined ? [] : [[field, folded.indexOf(name)]];
  });
  return Object.fromEntries(found);
}

/**
 * Reads `--map`: `case=Ticket no`, or several in one, `case=Ticket no,at=When`.
 * @returns pairs of a field and the name of a column
 * @throws ItacaError `usage` for what is no pair, and for a field that a log does not have
 */
export function parseMap(given: readonly string[]): [LogField, string][] {
  // A comma begins a new pair only before a word and "=": names of columns may hold commas.
  return given
    .flatMap((one) => one.split(/,(?=\s*\w+\s*=)/))
    .map((pair) => {
      const [, left = '', column = ''] = /^\s*(\w+)\s*=\s*(.*?)\s*$/s.exec(pair) ?? [];
      if (column === '')
        throw new ItacaError('usage', `--map ${pair}: expected <field>=<column>`, {
          hint: `fields are: ${logFields.join(', ')}`,
        });
      const field = words[left.toLowerCase()] ?? logFields.find((one) => one === left.toLowerCase());
      if (!field)
        throw new ItacaError('usage', `--map ${pair}: "${left}" is no field of an event`, {
          hint: `fields are: ${logFields.join(', ')}`,
        });
      return [field, column];
    });
}

/**
 * Which column says what: as given, and for the other fields by the usual names.
 * @param path of the log, for messages
 * @throws ItacaError `usage` for a column that is not there or there twice; `invalid` where case, activity or time is missing
 */
export function columnsOf(
  header: readonly string[],
  given: readonly (readonly [LogField, string])[],
  path: string,
): LogColumns {
  const columns = recogniseLogColumns(header);
  const taken = new Set<number>();
  for (const [field, name] of given) {
    const column = columnNamed(header, name);
    taken.add(column);
    columns[field] = column;
  }
  const asGiven = new Set(given.map(([field]) => field));
  // What one was told a column to be, it is not by its name as well.
  for (const field of logFields)
    if (!asGiven.has(field) && taken.has(columns[field] ?? -1)) delete columns[field];
  const missing = (['case', 'activity', 'at'] as const).filter((field) => columns[field] === undefined);
  if (missing.length === 0) return columns;
  throw new ItacaError('invalid', `no column says ${missing.map((field) => needed[field]).join(', nor ')}`, {
    path,
    line: 1,
    hint: `columns are: ${header.join(', ') || 'none'}; name them with ${missing.map((field) => `--map ${field}=<column>`).join(' ')}`,
  });
}

const needed = {
  case: 'which case an event belongs to',
  activity: 'what was done',
  at: 'when it happened',
};

function columnNamed(header: readonly string[], name: string): number {
  const exact = header.flatMap((one, i) => (one === name ? [i] : []));
  const found =
    exact.length > 0 ? exact : header.flatMap((one, i) => (foldText(one) === foldText(name) ? [i] : []));
  if (found.length === 1) return found[0] as number;
  throw new ItacaError(
    'usage',
    found.length === 0 ? `there is no column "${name}"` : `${found.length} columns are named "${name}"`,
    { hint: `columns are: ${header.join(', ')}` },
  );
}
