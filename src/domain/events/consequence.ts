import type { Suppression } from '../suppression/suppression.js';
import type { EventLine } from './event.js';

/** Why an address is written to no more because of an event. */
export interface Consequence {
  reason: Suppression['reason'];
  /** Whether it holds for messages of every purpose, or for those of the campaign's alone. */
  everything: boolean;
}

/**
 * What follows from an event. A bounce that may pass is only counted; and what was opened or clicked, by whomever, is no
 * word against being written to.
 */
export function consequenceOf({
  event,
  bounce,
}: Pick<EventLine, 'event' | 'bounce'>): Consequence | undefined {
  if (event === 'bounced' && bounce === 'hard') return { reason: 'hard_bounce', everything: true };
  if (event === 'complained') return { reason: 'spam_complaint', everything: true };
  if (event === 'unsubscribed') return { reason: 'unsubscribed', everything: false };
  return undefined;
}
