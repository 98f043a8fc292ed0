import { type Entry, eventName, eventsOf } from './event-name.js';

/** A case as another system's tools are told of it. */
export interface CaseLog {
  /** What the case is called: by the system that it came from, or its id. */
  name: string;
  /** What is true of the case as a whole, by key. */
  attributes: Record<string, string>;
  events: EventLine[];
}

/** One event of it. */
export interface EventLine {
  activity: string;
  /** ISO 8601 with offset, to the second or finer. */
  at: string;
  by: string | undefined;
  /** `complete` where nothing else is on file. */
  transition: string;
  /** What else the entry says, by key. */
  more: Record<string, string>;
}

/** What a case says of itself beside its own attributes. */
const told = ['title', 'type', 'priority', 'channel'];

/** The key under which imported events keep what XES calls `lifecycle:transition`. */
const transitionKey = 'lifecycle_transition';

/**
 * A case as the lines of an event log. Who the customer is, it does not say: a log is made to be handed on.
 * @param data of the case
 */
export function logOfCase(id: string, data: Record<string, unknown>): CaseLog {
  const identifiers = Object.values((data.identifiers ?? {}) as Record<string, unknown>);
  const { [transitionKey]: transition, ...attributes } = texts(data.attributes);
  const name = identifiers.find((one) => typeof one === 'string') ?? id;
  const own = Object.fromEntries(told.flatMap((key) => (data[key] === undefined ? [] : [[key, data[key]]])));
  // A title that only repeats the name was made up when the case came in.
  if (own.title === name) delete own.title;
  return {
    name: String(name),
    attributes: { ...texts(own), ...attributes },
    events: eventsOf(data.history).map(({ entry }) => lineOf(entry, transition ?? 'complete')),
  };
}

function lineOf(entry: Entry, transition: string): EventLine {
  const { at, by, activity: _, [transitionKey]: own, ...more } = entry;
  return {
    activity: eventName(entry),
    // Seconds may be left out in a record, and may not in XML.
    at: String(at).replace(/(T\d{2}:\d{2})(?=Z|[+-])/, '$1:00'),
    by: typeof by === 'string' ? by : undefined,
    transition: typeof own === 'string' ? own : transition,
    more: texts(more),
  };
}

/** Values that are one text; lists and maps have no place in a line. */
function texts(map: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries((map ?? {}) as Record<string, unknown>).flatMap(([key, value]) =>
      value === null || typeof value === 'object' ? [] : [[key, String(value)]],
    ),
  );
}
