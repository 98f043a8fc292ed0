import type { Clock } from './clock.js';
import { parseWhen } from './parse-when.js';

const weekMs = 7 * 24 * 3600 * 1000;

/**
 * Reads a day or time that lies behind us: as `parseWhen`, but `2w` is two weeks ago and `fri` the last Friday.
 * @param tell as that of `parseWhen`
 * @throws ItacaError `usage` for anything else
 */
export function parsePast(input: string, clock: Clock, tell?: (note: string) => void): string {
  const text = input.trim().toLowerCase();
  if (/^\d+\s*(?:min|h|d|w|m|y)$/.test(text)) return parseWhen(`-${text}`, clock);
  if (/^p/.test(text)) return parseWhen(`-${text}`, clock);
  if (/^(?:mon|tue|wed|thu|fri|sat|sun)/.test(text)) {
    // The next one as seen a week ago: the last one, today included.
    return parseWhen(text, { timeZone: clock.timeZone, now: () => clock.now() - weekMs }, tell);
  }
  return parseWhen(input, clock, tell);
}
