import type { Problem } from '../index/row.js';

/** Problems in the order of paths and lines, each once. */
export function inOrder<T extends Problem>(problems: readonly T[]): T[] {
  const unique = [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];
  return unique.sort((a, b) => {
    if (a.path !== b.path) return a.path < b.path ? -1 : 1;
    return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
  });
}
