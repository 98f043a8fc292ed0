/**
 * Whether a date or time is over.
 * @param when `YYYY-MM-DD` (over when its day is) or ISO 8601 with offset
 * @param now ISO 8601 with the offset of the workspace's time zone, whose date is "today"
 */
export function isOver(when: string, now: string): boolean {
  return when.length === 10 ? when < now.slice(0, 10) : Date.parse(when) < Date.parse(now);
}

/** The day of a date or time, `YYYY-MM-DD`, for a sentence. */
export function day(when: string): string {
  return when.slice(0, 10);
}
