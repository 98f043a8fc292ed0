import type { Fault } from '../check/fault.js';
import { historyFaults } from '../records/history-faults.js';
import { isBefore } from '../time/order.js';
import { confirmationFault } from './confirmation.js';

/** Where an agreement contradicts itself. */
export function agreementFaults(data: Record<string, unknown>): Fault[] {
  const { signed_at, start, end, state, effective_at } = data;
  const faults = historyFaults(data, 'state');
  if (isBefore(end, start)) faults.push({ at: ['end'], message: `end: lies before start (${start})` });
  if (isBefore(effective_at, signed_at))
    faults.push({ at: ['effective_at'], message: `effective_at: lies before signed_at (${signed_at})` });
  if (state === 'terminated' && data.confirmation === undefined) {
    faults.push({
      at: ['state'],
      message: 'state: is terminated, but no written confirmation is on file (confirmation)',
      hint: 'tell the customer in writing, and put it on file: itaca agreement confirm',
    });
  }
  if (state === 'active' && data.confirmation !== undefined && effective_at !== undefined) {
    faults.push({
      at: ['state'],
      message: 'state: is active, but its end has been confirmed to the customer',
    });
  }
  return faults;
}

/** What is wrong with what an agreement names as the written confirmation of its end. @param told the interaction */
export function confirmationFaults(data: Record<string, unknown>, told: Record<string, unknown>): Fault[] {
  const fault = confirmationFault(told, true, undefined);
  return fault === undefined
    ? []
    : [
        {
          at: ['confirmation'],
          message: `confirmation: ${String(data.confirmation)} confirms nothing: ${fault}`,
        },
      ];
}
