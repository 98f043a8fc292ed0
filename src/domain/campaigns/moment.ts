/**
 * Whether a date or time is over.
 * @param when `YYYY-MM-DD` (over when its day is) or ISO 8601 with offset (over once it is reached)
 * @param now ISO 8601 with the offset of the workspace's time zone, whose date is "today"
 */
export function isOver(when: string, now: string): boolean {
  return overAt(now)(when);
}

/** As `isOver` for one moment, of many dates. */
export function overAt(now: string): (when: string) => boolean {
  const [today, ms] = [now.slice(0, 10), Date.parse(now)];
  return (when) => (when.length === 10 ? when < today : Date.parse(when) <= ms);
}

/** The day of a date or time, `YYYY-MM-DD`, for a sentence. */
export function day(when: string): string {
  return when.slice(0, 10);
}
