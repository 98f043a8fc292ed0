import type { Fault, Surroundings } from '../check/fault.js';
import { emailFault } from '../contacts/impossible.js';

/** What keeps a campaign from ever being sent: queries that are none, senders that are no addresses. */
export function campaignFaults(data: Record<string, unknown>, { queryFault }: Surroundings): Fault[] {
  const faults: Fault[] = [];
  const add = (at: (string | number)[], message: string | undefined) => {
    if (message !== undefined) faults.push({ at, message: `${at[0]}: ${message}` });
  };
  if (typeof data.audience === 'string') add(['audience'], queryFault(data.audience));
  const exclude = Array.isArray(data.exclude) ? data.exclude : [];
  for (const [position, query] of exclude.entries())
    if (typeof query === 'string') add(['exclude', position], queryFault(query));
  for (const key of ['from', 'reply_to']) {
    const value = data[key];
    if (typeof value === 'string') add([key], emailFault(value));
  }
  return faults;
}
