import { type CaseState, caseStates, priorities } from '../cases/states.js';
import { foldText } from '../contacts/person-name.js';
import type { LogColumns } from './columns.js';
import type { Kept } from './layout.js';
import type { LogEvent } from './log.js';
import { stateOfWord } from './states.js';

/** How the columns of a log become the keys of a case. */
export interface Layout {
  columns: LogColumns;
  attributes: Kept[];
  singles: Kept[];
  /** States that a person gave to activities, by the folded word. */
  states: ReadonlyMap<string, CaseState>;
  /** The type of a case whose log does not tell. */
  type: string;
  /** Where the log comes from: the key under which the case's own name stands in `identifiers`. */
  source: string;
  /** The reference of the contact that a log's words mean. */
  contact: (words: string) => string | undefined;
}

export type HistoryEntry = { at: string } & Record<string, string>;

/**
 * A case as its events tell it. What is the same in all its events is an attribute of the case, what changes stands in
 * the entries. Entries tell where a move leads, not where from: another system's process is not held against ours.
 * @param name what the log calls the case
 * @param events in the order of time, at least one
 */
export function caseOfEvents(
  name: string,
  events: readonly LogEvent[],
  layout: Layout,
): Record<string, unknown> {
  const { columns } = layout;
  const first = (column: number | undefined) =>
    column === undefined ? undefined : events.find(({ cells }) => cells[column])?.cells[column];
  const attributes: Record<string, string> = {};
  const changing = layout.singles.filter(
    ([column]) => new Set(events.flatMap(({ cells }) => cells[column] || [])).size > 1,
  );
  for (const [column, key, scope] of layout.attributes) {
    const value = events[0]?.cells[column];
    const constant = value && events.every(({ cells }) => cells[column] === value);
    if (constant && (attributes[key] ?? value) === value) attributes[key] = value;
    else if (scope === 'event') changing.push([column, key, scope]);
  }
  const history = withMoves(
    events.map((event) => withoutKnown(entryOf(event, changing, columns), attributes)),
    events.map((event) => stateOf(event, layout)),
    true,
  );
  const contact = first(columns.contact);
  const priority = foldText(first(columns.priority) ?? '');
  return {
    title: first(columns.title) ?? name,
    type: first(columns.type) ?? layout.type,
    state: history.findLast(({ to }) => to !== undefined)?.to,
    priority: priorities.find((one) => one === priority),
    channel: first(columns.channel),
    contact: contact === undefined ? undefined : layout.contact(contact),
    opened_at: history[0]?.at,
    identifiers: { [layout.source]: name },
    attributes,
    history,
  };
}

/** What an event says as an entry of a history, apart from the move it may be. */
export function entryOf(
  { at, by, activity, cells }: LogEvent,
  attributes: readonly Kept[],
  columns: LogColumns,
): HistoryEntry {
  const entry: HistoryEntry = { at };
  if (by) entry.by = by;
  entry.activity = activity;
  const from = columns.from === undefined ? undefined : cells[columns.from];
  if (from && isState(from)) entry.from = from;
  for (const [column, key] of attributes) {
    const value = cells[column];
    if (value) entry[key] = value;
  }
  return entry;
}

/** What the case says of itself its events need not repeat. */
export function withoutKnown(entry: HistoryEntry, attributes: Record<string, unknown>): HistoryEntry {
  return Object.fromEntries(
    Object.entries(entry).filter(([key, value]) => attributes[key] !== value),
  ) as HistoryEntry;
}

/** The state that an event leads to: as a person said, as its own column says, as its name says. */
export function stateOf({ activity, cells }: LogEvent, { columns, states }: Layout): CaseState | undefined {
  const said = columns.to === undefined ? undefined : cells[columns.to] || undefined;
  const given = (said && states.get(foldText(said))) || states.get(foldText(activity));
  if (given) return given;
  // As a record of ours names it; merged is a case only with the other case's reference.
  if (said && isState(said) && said !== 'merged') return said;
  // Where a log tells of states, an event without one leads nowhere.
  return said === undefined && columns.to !== undefined
    ? undefined
    : (said && stateOfWord(said)) || stateOfWord(activity);
}

/**
 * Writes into entries where they lead: only where the state changes, so that each is a move.
 * @param states that the entries lead to by themselves
 * @param opens whether the first entry opens the case: then it leads at least to `new`
 * @param before the state before the first entry
 */
export function withMoves(
  entries: readonly HistoryEntry[],
  states: readonly (CaseState | undefined)[],
  opens: boolean,
  before?: string,
): HistoryEntry[] {
  let standing = before;
  return entries.map((entry, i) => {
    const to = entry.to ?? states[i] ?? (opens && i === 0 ? 'new' : undefined);
    if (to === undefined || to === standing) return entry;
    standing = to;
    const { at, by, activity, from, ...rest } = entry;
    return Object.fromEntries(
      Object.entries({ at, by, activity, from, to, ...rest }).filter(([, value]) => value !== undefined),
    ) as HistoryEntry;
  });
}

function isState(word: string): word is CaseState {
  return (caseStates as readonly string[]).includes(word);
}
