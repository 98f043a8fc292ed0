import type { Fault } from '../check/fault.js';
import { parseDuration } from '../time/durations.js';
import type { EscalationStep, Process } from './process.js';
import type { ProcessSurroundings } from './process-faults.js';

/** Steps of an escalation that are out of order, never come, or tell nobody. */
export function escalationFaults(
  { escalation = [], deadlines = [] }: Process,
  { members, offices }: ProcessSurroundings,
): Fault[] {
  return escalation.flatMap((step, position): Fault[] => {
    const faults: Fault[] = [];
    const wrong = (key: string, message: string) =>
      faults.push({ at: ['escalation', position, key], message: `escalation: ${message}` });
    const { level, after, clock, signal, notify } = step;
    const earlier = escalation.slice(0, position);
    const before = earlier.at(-1);
    if (before && Number(level) < Number(before.level))
      wrong('level', `level ${level} follows level ${before.level}`);
    else if (earlier.some((one) => one.level === level && trigger(one) === trigger(step)))
      wrong('level', `level ${level} follows level ${level} on the same ground`);
    const sooner = earlier.find((one) => one.level !== level && isNoSooner(one, step));
    if (after !== undefined && sooner)
      wrong(
        'after',
        `level ${level} after ${after} comes no later than level ${sooner.level} after ${sooner.after}`,
      );
    const same = earlier.find((one) => signal !== undefined && one.signal === signal && one.level !== level);
    if (same) wrong('signal', `${signal} raises to level ${same.level} already`);
    if (after !== undefined && deadlines.length === 0)
      wrong('after', 'no deadline is set that could be missed');
    else if (clock !== undefined && !deadlines.some((deadline) => deadline.clock === clock))
      wrong('clock', `no deadline is set for ${clock}`);
    const known = ['owner', 'reports_to', ...members, ...offices];
    if (notify !== undefined && members.size > 0 && !known.includes(notify))
      wrong('notify', `"${notify}" is neither owner, reports_to, a member nor an office`);
    return faults;
  });
}

/** What sets a step off. */
function trigger({ after, clock, signal }: EscalationStep): string {
  return after === undefined ? `${signal}` : `${clock ?? 'any'}`;
}

/** Whether a step of a lower level comes no sooner than another; false where their times cannot be compared. */
function isNoSooner(lower: EscalationStep, step: EscalationStep): boolean {
  if (lower.after === undefined || step.after === undefined) return false;
  if (lower.clock !== step.clock) return false;
  const [one, other] = [parseDuration(lower.after), parseDuration(step.after)];
  const days = ({ years, months, weeks, days }: typeof one) => years * 366 + months * 31 + weeks * 7 + days;
  // How many open hours a day has, only a calendar knows.
  if (days(one) > 0 && days(other) === 0 && other.milliseconds > 0) return false;
  return days(one) === days(other) ? one.milliseconds >= other.milliseconds : days(one) > days(other);
}
