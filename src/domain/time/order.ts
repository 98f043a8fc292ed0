/**
 * Whether one stored date or time certainly lies before another. A date stands for its whole day, so that nothing on
 * that day lies before or after it.
 */
export function isBefore(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  if (one.length === 10 || other.length === 10) return one.slice(0, 10) < other.slice(0, 10);
  return Date.parse(one) < Date.parse(other);
}
