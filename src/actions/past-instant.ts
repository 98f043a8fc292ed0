import { ItacaError } from '../domain/error.js';
import { isoDate, isoInstant, startOf } from '../domain/time/clock.js';
import { parseWhen } from '../domain/time/parse-when.js';
import { nowIso } from './new-record.js';
import type { Tools } from './tools.js';

/**
 * When something happened, ISO 8601 with offset: as a person types it after `--at`, now where he does not.
 * @throws ItacaError `usage` for what is still to come
 */
export function pastInstant(at: string | undefined, tools: Tools): string {
  if (at === undefined) return nowIso(tools);
  const { clock, warn } = tools;
  const when = parseWhen(at, clock, warn);
  const moment = startOf(when, clock.timeZone) ?? clock.now();
  if (moment > clock.now()) {
    const yesterday = isoDate(clock.now() - 86_400_000, clock.timeZone);
    throw new ItacaError('usage', `--at ${at} is ${when}, which is still to come`, {
      hint: `say when it was, such as --at "${yesterday} 15:30"`,
    });
  }
  return when.length > 10 ? when : isoInstant(moment, clock.timeZone);
}
