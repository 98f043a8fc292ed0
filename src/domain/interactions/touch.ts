/** What of an interaction tells whether a person dealt with a person. */
export interface ContactTraits {
  channel: string;
  direction: string | null;
  by: string | null;
  outcome: string | null;
  /** Whether it belongs to a campaign. */
  campaign: boolean;
}

/**
 * How a customer was dealt with. `personal`: somebody spoke with him or wrote to him alone, by phone, in a meeting, on a
 * visit, by letter or in a chat. `automated`: a campaign went out to him. `other`: all else, such as e-mail, fax and the
 * web, where it is not on file whether a person wrote. `none`: nothing passed, as what stays within the firm and
 * attempts that reached nobody.
 */
export type Touch = 'personal' | 'automated' | 'other' | 'none';

const personalChannels = new Set(['phone', 'meeting', 'visit', 'letter', 'chat']);

/** Outcomes of an attempt in which nobody met anybody. */
const reachedNobody = new Set(['no_answer', 'busy', 'abandoned', 'voicemail']);

export function touchOf({ channel, direction, by, outcome, campaign }: ContactTraits): Touch {
  if (direction === 'internal' || channel === 'note') return 'none';
  if (outcome !== null && reachedNobody.has(outcome)) return 'none';
  // What comes in answers a campaign, and somebody takes the answer.
  if (campaign && direction !== 'inbound') return 'automated';
  return personalChannels.has(channel) && by !== null ? 'personal' : 'other';
}
