import type { Case } from '../cases/case.js';
import { historyOf } from '../cases/history-of.js';

/**
 * The members who had a hand in a case, by the case itself: who owns or owned it, who did anything that its history
 * tells, and who was asked about it.
 */
export function handlersOf({ owner, history }: Pick<Case, 'owner' | 'history'>): Set<string> {
  const entries = historyOf({ history }).flatMap(({ by, owner: next, asked }) => [by, next, asked]);
  return new Set([owner, ...entries].filter((member) => typeof member === 'string'));
}
