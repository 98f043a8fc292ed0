import type { CaseInteraction } from '../../domain/cases/case-file.js';
import type { PlannedMove } from '../../domain/cases/transition.js';
import { ItacaError } from '../../domain/error.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import type { Tools } from '../tools.js';
import type { CaseInHand } from './in-hand.js';
import { mayGo, planned } from './move-case.js';

/**
 * The move by which the written confirmation resolves the case in which it was asked for.
 * @param said the confirmation, which the case need not hold yet
 * @returns undefined where the process of the case does not allow that now, or asks for more
 */
export function resolvedBy(
  inHand: CaseInHand,
  { ref, data }: { ref: string; data: Partial<Interaction> | Record<string, unknown> },
  tools: Tools,
): PlannedMove | undefined {
  if (!mayGo(inHand, 'resolved')) return undefined;
  const { at, direction = null, channel = null, by = null, outcome = null } = data as Partial<Interaction>;
  const word = { ref, at: Date.parse(at ?? ''), direction, channel, by, outcome } as CaseInteraction;
  const interactions = [...inHand.file.interactions.filter((one) => one.ref !== ref), word].sort(
    (a, b) => a.at - b.at,
  );
  const then = {
    ...inHand,
    file: { ...inHand.file, interactions },
    onFile: { ...inHand.onFile, confirmed: true },
  };
  try {
    return planned(then, 'resolved', { why: `confirmed in writing: ${ref}` }, tools);
  } catch (error) {
    if (error instanceof ItacaError && error.code === 'refused') return undefined;
    throw error;
  }
}
