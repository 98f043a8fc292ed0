import { ItacaError } from '../error.js';
import type { Deal } from './deal.js';
import { isEnded, type Stage, stageNames } from './stages.js';

export interface DealMove {
  /** Id of the deal, for a hint. */
  deal: string;
  to: string;
  /** ISO 8601. */
  at: string;
  by: string;
  why?: string | undefined;
  /** Keys of the deal that the move sets, such as `value`; an empty value removes the key. */
  set?: Record<string, unknown>;
  /** More that its entry in the history says. */
  entry?: Record<string, unknown>;
}

export interface PlannedDealMove {
  set: Record<string, unknown>;
  append: { history: Record<string, unknown>[] };
}

/** The stages a deal may go to from one. One that has ended may be taken up again, by a move to any stage. */
export function allowedStages(from: string, stages: readonly Stage[]): string[] {
  const all = stageNames(stages);
  if (isEnded(from)) return all.filter((name) => !isEnded(name));
  const to = stages.find(({ name }) => name === from)?.to;
  return all.filter((name) => name !== from && (to === undefined || name === 'lost' || to.includes(name)));
}

/**
 * What a move writes into a deal.
 * @throws ItacaError `usage` for a stage that there is not; `refused` where the stage does not lead there, naming those
 *   it does lead to, or where nobody says why a deal that ended goes on
 */
export function planDealMove(deal: Deal, move: DealMove, stages: readonly Stage[]): PlannedDealMove {
  const all = stageNames(stages);
  if (!all.includes(move.to))
    throw new ItacaError('usage', `there is no stage "${move.to}"`, { hint: `there are: ${all.join(', ')}` });
  const from = deal.stage;
  const allowed = allowedStages(from, stages);
  if (!allowed.includes(move.to))
    throw new ItacaError(
      'refused',
      from === move.to
        ? `this deal is ${from} already`
        : `this deal is ${from} and cannot become ${move.to}: from ${from} it can go to ${allowed.join(', ')}`,
    );
  if (isEnded(from) && !move.why)
    throw new ItacaError('refused', `this deal is ${from}: say why it is taken up again`, {
      hint: `itaca deal move ${move.deal} ${move.to} --why "the customer asked again"`,
    });
  // Why it was lost stays in the history.
  const reason = from === 'lost' && deal.lost_reason !== undefined ? { lost_reason: '' } : {};
  const entry: Record<string, unknown> = { at: move.at, by: move.by, from, to: move.to, ...move.entry };
  if (move.why) entry.why = move.why;
  return { set: { ...reason, ...move.set, stage: move.to }, append: { history: [entry] } };
}
