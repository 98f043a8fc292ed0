import type { BookedMessage, InboxBook } from '../../domain/inbox/book.js';
import type { Intent } from '../../domain/inbox/classification.js';
import type { Example } from '../../domain/inbox/intent/model.js';
import { replyText } from '../../domain/inbox/reply/reply-text.js';
import { parseMessage } from '../../mail/parse-message.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';

/** The last lessons count; what a firm was asked years ago says little of what it is asked now. */
const mostLessons = 2000;

/**
 * What members said that messages want, by teaching or by filing. The texts are read from the messages themselves, so that
 * what is erased is forgotten here, too.
 */
export async function lessonsOf(root: string, book: InboxBook): Promise<Example[]> {
  const lessons = [...book.messages()]
    .flatMap((booked) => {
      const lesson = lessonOf(booked);
      return lesson ? [{ received: booked.received, ...lesson }] : [];
    })
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.received.message < b.received.message ? -1 : 1))
    .slice(0, mostLessons);
  const examples: Example[] = [];
  for (const { received, intent } of lessons) {
    const raw = readOrNull(insideWorkspace(root, received.path));
    if (!raw) continue;
    const { subject, text } = received.path.endsWith('.eml')
      ? await parseMessage(raw)
      : { subject: '', text: String(raw) };
    examples.push({ text: `${subject}\n\n${replyText(text)}`, intent });
  }
  return examples;
}

/** What a member said last that a message wants. */
function lessonOf({ decision, taught }: BookedMessage): { intent: Intent; at: string } | undefined {
  const filed =
    decision?.event === 'filed' && decision.by !== undefined && decision.intent !== undefined
      ? { intent: decision.intent, at: decision.at }
      : undefined;
  if (taught && (!filed || Date.parse(taught.at) >= Date.parse(filed.at))) return taught;
  return filed;
}
