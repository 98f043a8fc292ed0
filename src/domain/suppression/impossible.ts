import type { Fault, Surroundings } from '../check/fault.js';
import { domainFault, emailFault } from '../contacts/impossible.js';
import { strangerFault } from '../records/stranger-faults.js';

/** A suppression that could never stop a message: its address, domain or scope is none. */
export function suppressionFaults(data: Record<string, unknown>, { purposes }: Surroundings): Fault[] {
  const { address, domain, scope } = data;
  const faults: Fault[] = [];
  const add = (key: string, message: string | undefined) => {
    if (message !== undefined) faults.push({ at: [key], message: `${key}: ${message}` });
  };
  if (typeof address === 'string') add('address', emailFault(address));
  if (typeof domain === 'string') add('domain', domainFault(domain));
  if (scope !== 'all') faults.push(...strangerFault(['scope'], scope, purposes, 'purpose'));
  return faults;
}
