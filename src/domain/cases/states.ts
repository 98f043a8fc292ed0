/** The states of a case are fixed; a process picks a subset. */
export const caseStates = [
  'new',
  'open',
  'waiting_customer',
  'waiting_internal',
  'resolved',
  'closed',
  'merged',
  'rejected',
] as const;

export type CaseState = (typeof caseStates)[number];

export const priorities = ['low', 'normal', 'high', 'urgent'] as const;

export const causes = ['person', 'procedure', 'tool', 'supplier', 'customer'] as const;

/** States in which a case still asks for work. */
export const openStates: readonly CaseState[] = ['new', 'open', 'waiting_customer', 'waiting_internal'];

export function isOpen(value: unknown): boolean {
  return (openStates as readonly unknown[]).includes(value);
}
