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

/** What a state means for the clocks: they run, they rest, the case is done. */
export const categories = ['open', 'paused', 'resolved'] as const;

export type Category = (typeof categories)[number];

export const priorities = ['low', 'normal', 'high', 'urgent'] as const;

export const causes = ['person', 'procedure', 'tool', 'supplier', 'customer'] as const;

const usual: Record<CaseState, Category> = {
  new: 'open',
  open: 'open',
  waiting_customer: 'paused',
  waiting_internal: 'open',
  resolved: 'resolved',
  closed: 'resolved',
  merged: 'resolved',
  rejected: 'resolved',
};

/** What a state means where the process says nothing else. */
export function categoryOf(
  state: CaseState,
  process?: { categories?: Partial<Record<CaseState, Category>> | undefined },
): Category {
  return process?.categories?.[state] ?? usual[state];
}

/** States in which a case still asks for work. */
export const openStates: readonly CaseState[] = caseStates.filter((state) => usual[state] !== 'resolved');

export function isOpen(value: unknown): boolean {
  return (openStates as readonly unknown[]).includes(value);
}
