import type { Fault, Judged } from '../check/fault.js';
import { idOfRef } from '../records/ids.js';
import { isBefore } from '../time/order.js';

/** Where an interaction contradicts itself. */
export function interactionFaults({ data, id }: Judged): Fault[] {
  const faults: Fault[] = [];
  if (isBefore(data.ended_at, data.at))
    faults.push({ at: ['ended_at'], message: `ended_at: lies before at (${data.at})` });
  if (typeof data.minutes === 'number' && data.minutes < 0)
    faults.push({ at: ['minutes'], message: 'minutes: nothing takes less than no time' });
  if (typeof data.answers === 'string' && idOfRef(data.answers) === id)
    faults.push({ at: ['answers'], message: 'answers: names this very interaction' });
  return faults;
}
