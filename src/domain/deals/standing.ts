import { historyOf } from '../cases/history-of.js';
import { endOf } from '../time/clock.js';
import { isEnded } from './stages.js';

/** How a deal stands at a moment. */
export interface Standing {
  /** When it came to its stage, epoch milliseconds; null where no history says. */
  since: number | null;
  /** Whether it is under way although the day on which it should have closed is over. */
  overdue: boolean;
}

/** @param now epoch milliseconds */
export function standingOf(data: Record<string, unknown>, now: number, timeZone: string): Standing {
  const last = historyOf(data).findLast(({ to }) => to !== undefined);
  const { expected_close: close, stage } = data;
  const end = typeof close === 'string' && !isEnded(stage) ? endOf(close, timeZone) : undefined;
  return { since: last ? Date.parse(last.at) : null, overdue: end !== undefined && end <= now };
}
