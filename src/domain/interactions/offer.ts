import { isWritten } from '../cases/case-file.js';
import type { Interaction } from './interaction.js';

/**
 * Whether a word of ours that was put on file by hand is a mailing, such as a catalogue that a mailing house sent: it is in
 * writing, of a campaign or of a topic that is one of our purposes, in no case, and answers nothing.
 */
export function isOffer(
  { direction, channel, campaign, topics = [], case: kase, answers }: Interaction,
  isPurpose: (topic: string) => boolean,
): boolean {
  if (direction !== 'outbound' || !isWritten(channel) || kase !== undefined || answers !== undefined)
    return false;
  return campaign !== undefined || topics.some((topic) => topic !== 'cancellation' && isPurpose(topic));
}
