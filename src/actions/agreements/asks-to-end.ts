import { type IntentReader, readIntent } from '../../domain/inbox/intent/read-intent.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import { openIntentReader } from '../inbox/intent-reader.js';

/**
 * Reads whether somebody asks to end an agreement, by the words of what he wrote, or of the note of a talk that he began.
 * The words are opened with the first that is read.
 * @param root of the workspace
 */
export function endingReader(
  root: string,
): (said: Pick<Interaction, 'direction' | 'subject'>, note: string) => boolean {
  let reader: IntentReader | undefined;
  return ({ direction, subject = '' }, note) => {
    if (direction !== 'inbound' || `${subject}${note}`.trim() === '') return false;
    reader ??= openIntentReader(root);
    return readIntent({ subject, text: note, isReply: false }, reader).intent === 'cancellation';
  };
}
