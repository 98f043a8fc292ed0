/** An entry of a case's history, as far as its events are looked at. */
export interface Entry {
  at?: unknown;
  by?: unknown;
  from?: unknown;
  to?: unknown;
  activity?: unknown;
  [key: string]: unknown;
}

/**
 * What happened in an entry of a history, as an event log calls it: the activity where it is named, the state that a
 * move leads to, `assign` for a hand-over.
 */
export function eventName({ activity, to, owner }: Entry): string {
  if (typeof activity === 'string' && activity !== '') return activity;
  if (typeof to === 'string' && to !== '') return to;
  return owner === undefined ? 'other' : 'assign';
}

/** The entries of a case that happened at a time, the earliest first; those of one moment as they stand. */
export function eventsOf(history: unknown): { ms: number; entry: Entry }[] {
  if (!Array.isArray(history)) return [];
  return history
    .flatMap((entry: Entry | null) => {
      const ms = typeof entry?.at === 'string' ? Date.parse(entry.at) : Number.NaN;
      return Number.isNaN(ms) ? [] : [{ ms, entry: entry as Entry }];
    })
    .sort((a, b) => a.ms - b.ms);
}
