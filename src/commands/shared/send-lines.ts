/** Counts by reason as indented lines, the most frequent first. */
export function reasonLines(leftOut: Partial<Record<string, number>>): string[] {
  return Object.entries(leftOut)
    .sort(([a, x], [b, y]) => (y ?? 0) - (x ?? 0) || (a < b ? -1 : 1))
    .map(([reason, count]) => `  ${String(count).padStart(6)}  ${reason.replaceAll('_', ' ')}`);
}
