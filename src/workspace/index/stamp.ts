import type { Stats } from 'node:fs';

/**
 * What has changed this close to the look may change again within the same clock tick without its stat showing it. In
 * milliseconds.
 */
const settleMs = 100;
export const unsettledMark = '?';

/**
 * The stat of a file or folder, as a text to compare with an earlier one.
 * @param now epoch milliseconds by the machine's clock, as the file system's stamps are
 */
export function stampOf(stat: Stats, now: number): string {
  const mark = stat.ctimeMs > now - settleMs ? unsettledMark : '';
  // The size of a folder changes with its names, and they change its mtime.
  return `${stat.mtimeMs} ${stat.ctimeMs} ${stat.size} ${stat.ino}${mark}`;
}

/** Whether what bears this stamp may have changed since without showing it, and must be looked at again. */
export function unsettled(stamp: string): boolean {
  return stamp.endsWith(unsettledMark);
}
