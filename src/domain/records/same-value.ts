/** Whether a value is a map of keys, and no list. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equal as records are: a number and its text are the same value. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  if (isMapping(a)) {
    if (!isMapping(b)) return false;
    const keys = Object.keys(a).filter((key) => a[key] !== undefined);
    const others = Object.keys(b).filter((key) => b[key] !== undefined);
    return keys.length === others.length && keys.every((key) => key in b && sameValue(a[key], b[key]));
  }
  if (a === undefined || a === null || b === undefined || b === null || isMapping(b) || Array.isArray(b))
    return false;
  return String(a) === String(b);
}
