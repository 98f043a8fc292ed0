import type { Interaction } from '../interactions/interaction.js';
import { type Sequence, type StopCondition, stopsOn } from './sequence.js';

/** Something on file that may end a sequence for a person. */
export interface StopEvidence {
  condition: StopCondition;
  /** When it happened, ISO 8601. */
  at: string;
  /** Reference of the record that says so. */
  evidence: string;
  why: string;
}

/** What an inbound message is where its outcome says that it is no word of a person. */
const noReplies = new Set<string | undefined>([
  'auto_reply',
  'automatic_reply',
  'bounced',
  'hard_bounce',
  'unsubscribed',
  'spam_complaint',
]);

/** Whether a person came to us of himself: not his machine, and no bounce. */
export function isReply({ direction, outcome, ...more }: Interaction): boolean {
  const automatic = typeof more.auto_submitted === 'string' && !/^\s*no\s*(?:;|$)/i.test(more.auto_submitted);
  return direction === 'inbound' && !automatic && !noReplies.has(outcome);
}

/**
 * The first thing that ends a sequence for a person.
 * @param since when his enrolment began, epoch milliseconds; what was before does not count
 */
export function firstStop(
  sequence: Sequence,
  since: number,
  found: readonly StopEvidence[],
): StopEvidence | undefined {
  return found
    .filter(({ condition, at }) => stopsOn(sequence, condition) && Date.parse(at) > since)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.evidence < b.evidence ? -1 : 1))[0];
}
