import {
  entryOf,
  type HistoryEntry,
  type Layout,
  stateOf,
  withMoves,
  withoutKnown,
} from './case-of-events.js';
import { eventName } from './event-name.js';
import type { LogEvent } from './log.js';

/**
 * What a log adds to a case on file: the events that its history does not have yet. Events that are there twice in the
 * log are there twice; what people wrote into the history since stays where it is.
 * @param data of the case on file
 * @param events in the order of time
 * @returns new values by key; undefined where the log says nothing new
 */
export function joinHistory(
  data: Record<string, unknown>,
  events: readonly LogEvent[],
  layout: Layout,
): Record<string, unknown> | undefined {
  const before = (Array.isArray(data.history) ? data.history : []) as HistoryEntry[];
  const known = new Map<string, number>();
  for (const entry of before) {
    const key = eventKey(Date.parse(entry.at), eventName(entry), entry.by);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  const fresh = events.filter(({ ms, activity, by }) => {
    const key = eventKey(ms, activity, by);
    const left = known.get(key) ?? 0;
    if (left > 0) known.set(key, left - 1);
    return left === 0;
  });
  if (fresh.length === 0) return undefined;
  const attributes = (data.attributes ?? {}) as Record<string, unknown>;
  const items = [
    ...before.map((entry) => ({ ms: Date.parse(entry.at), entry, state: undefined })),
    ...fresh.map((event) => ({
      ms: event.ms,
      entry: withoutKnown(entryOf(event, layout.attributes, layout.columns), attributes),
      // Where a case was joined to another, no log leads it away.
      state: data.state === 'merged' ? undefined : stateOf(event, layout),
    })),
  ].sort((a, b) => a.ms - b.ms);
  const history = withMoves(
    items.map(({ entry }) => entry),
    items.map(({ state }) => state),
    before.length === 0,
  );
  const last = history.findLast(({ to }) => to !== undefined)?.to;
  const first = history[0]?.at;
  return {
    history,
    ...(last === undefined || last === data.state || data.state === 'merged' ? {} : { state: last }),
    ...(first !== undefined && Date.parse(first) < Date.parse(String(data.opened_at))
      ? { opened_at: first }
      : {}),
  };
}

/** Whether a case on file is the one that these events are about, though it came from another file: it began the same. */
export function beginsAlike(data: Record<string, unknown>, [first]: readonly LogEvent[]): boolean {
  const entries = (Array.isArray(data.history) ? data.history : []) as HistoryEntry[];
  return (
    first !== undefined &&
    entries.some((entry) => eventName(entry) === first.activity && Date.parse(entry.at) === first.ms)
  );
}

function eventKey(ms: number, name: string, by: string | undefined): string {
  return `${ms}\0${name}\0${by ?? ''}`;
}
