import { addBusinessTime } from '../calendars/business-time.js';
import type { BusinessCalendar } from '../calendars/open-hours.js';
import { ItacaError } from '../error.js';
import { addDuration, isoInstant } from '../time/clock.js';
import type { Case } from './case.js';
import type { Deadline, Process } from './process.js';
import { isOpen } from './states.js';

export interface CaseClocks {
  /** Hours since it was opened, one decimal. */
  age_hours: number;
  /** The earliest deadline that still runs, ISO 8601 with the offset of the zone; null where the process names none. */
  due_at: string | null;
  /** Which deadline that is. */
  due_for: string | null;
  /** Whether a deadline has passed unmet. */
  overdue: boolean;
}

/**
 * The clocks of a case, derived from what is on file and never stored.
 * @param answeredAt when the firm first answered after the case was opened, epoch milliseconds; undefined if not yet
 * @param now epoch milliseconds
 * @param calendars those that the deadlines of the process name; a deadline with one counts open hours only
 * @throws ItacaError `invalid` where a deadline names a calendar that is not among them
 */
export function caseClocks(
  kase: Pick<Case, 'opened_at' | 'state' | 'channel' | 'priority'>,
  process: Process | undefined,
  answeredAt: number | undefined,
  now: number,
  timeZone: string,
  calendars: ReadonlyMap<string, BusinessCalendar>,
): CaseClocks {
  const opened = Date.parse(kase.opened_at);
  const running = isOpen(kase.state)
    ? (['first_response', 'resolution'] as const).flatMap((clock) => {
        if (clock === 'first_response' && answeredAt !== undefined) return [];
        const deadline = deadlineFor(process, clock, kase);
        return deadline ? [{ clock, at: dueAt(opened, deadline, timeZone, calendars) }] : [];
      })
    : [];
  running.sort((a, b) => a.at - b.at);
  const next = running[0];
  return {
    age_hours: Math.round(((now - opened) / 3_600_000) * 10) / 10,
    due_at: next ? isoInstant(next.at, timeZone) : null,
    due_for: next?.clock ?? null,
    overdue: next !== undefined && next.at <= now,
  };
}

function dueAt(
  start: number,
  { within, calendar: name }: Deadline,
  timeZone: string,
  calendars: ReadonlyMap<string, BusinessCalendar>,
): number {
  if (name === undefined) return addDuration(start, within, timeZone);
  const calendar = calendars.get(name);
  if (calendar) return addBusinessTime(start, within, calendar);
  throw new ItacaError('invalid', `a deadline names the calendar "${name}", which is not there`, {
    hint: `write calendars/${name}.yaml, or take the name out of the process`,
  });
}

/** The deadline that fits a case best: one for its channel and priority before a general one. */
function deadlineFor(
  process: Process | undefined,
  clock: Deadline['clock'],
  kase: Pick<Case, 'channel' | 'priority'>,
): Deadline | undefined {
  const fitting = (process?.deadlines ?? []).filter(
    (deadline) =>
      deadline.clock === clock &&
      (deadline.channel === undefined || deadline.channel === kase.channel) &&
      (deadline.priority === undefined || deadline.priority === (kase.priority ?? 'normal')),
  );
  const weight = (deadline: Deadline) => (deadline.channel ? 2 : 0) + (deadline.priority ? 1 : 0);
  return fitting.sort((a, b) => weight(b) - weight(a))[0];
}
