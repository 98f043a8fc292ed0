import type { Case } from './case.js';
import { historyOf } from './history-of.js';
import { isOpen } from './states.js';

/** Something that happened to a case, out of its history. */
export interface CaseEvent {
  /**
   * `ended`: it asks for no more work, as resolved, closed, rejected or merged into another. `reopened`: it does again.
   * `moved`: any other move. `handed_over`: it got another owner. `asked`: a colleague was asked.
   */
  kind: 'opened' | 'moved' | 'ended' | 'reopened' | 'handed_over' | 'asked';
  /** Epoch milliseconds. */
  at: number;
  /** Who did it; null where it is not on file. */
  by: string | null;
  /** The state it went to; of a hand-over or a question the member. */
  to: string;
}

/** What happened to a case, in the order of time. A clone that merged late may have put an entry behind a later one. */
export function caseEvents({ opened_at, history }: Pick<Case, 'opened_at' | 'history'>): CaseEvent[] {
  const entries = historyOf({ history })
    .map((entry) => ({ entry, at: Date.parse(entry.at) }))
    .sort((a, b) => a.at - b.at);
  const opener = entries[0]?.entry;
  const events: CaseEvent[] = [
    { kind: 'opened', at: Date.parse(opened_at), by: opener?.by ?? null, to: 'new' },
  ];
  let state = 'new';
  for (const { entry, at } of entries) {
    const by = entry.by ?? null;
    const { to, owner, asked } = entry;
    if (typeof owner === 'string') events.push({ kind: 'handed_over', at, by, to: owner });
    if (typeof asked === 'string') events.push({ kind: 'asked', at, by, to: asked });
    if (to === undefined || to === state) continue;
    const kind = isOpen(to) ? (isOpen(state) ? 'moved' : 'reopened') : isOpen(state) ? 'ended' : 'moved';
    events.push({ kind, at, by, to });
    state = to;
  }
  return events;
}

/** When a case last ended, epoch milliseconds; of one whose history does not tell, when it was opened; perhaps `NaN`. */
export function endedAt(kase: Pick<Case, 'opened_at' | 'history'>): number {
  const ends = caseEvents(kase).filter(({ kind }) => kind === 'ended' || kind === 'opened');
  return ends.at(-1)?.at ?? Number.NaN;
}
