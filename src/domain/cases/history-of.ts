import type { Case } from './case.js';

type Entry = NonNullable<Case['history']>[number];

/**
 * The entries of a case's history that can be read, in their order. A file is edited by hand: what is no list is none,
 * and what has no time never says when something was; `check` names both.
 */
export function historyOf(data: { history?: unknown }): readonly Entry[] {
  const { history } = data;
  if (!Array.isArray(history)) return [];
  return history.every(isEntry) ? history : history.filter(isEntry);
}

function isEntry(entry: unknown): entry is Entry {
  if (typeof entry !== 'object' || entry === null) return false;
  const { at } = entry as { at?: unknown };
  return typeof at === 'string' && !Number.isNaN(Date.parse(at));
}
