import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import type { BookedMessage, InboxBook } from '../../domain/inbox/book.js';
import type { Intent } from '../../domain/inbox/classification.js';
import { type Example, trainIntents } from '../../domain/inbox/intent/model.js';
import type { IntentReader } from '../../domain/inbox/intent/read-intent.js';
import { type IntentWords, joinIntentWords, readIntentWords } from '../../domain/inbox/intent/words.js';
import { replyText } from '../../domain/inbox/reply/reply-text.js';
import { parseMessage } from '../../mail/parse-message.js';
import { readYaml } from '../../workspace/config/read.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';
import { inboxFolder } from '../../workspace/inbox-ledger.js';
import type { Workspace } from '../../workspace/workspace.js';
import { packaged } from '../packaged.js';

/** A team's own words, beside those that came along. */
const wordsFolder = `${inboxFolder}/words`;

/** The last lessons count; what a firm was asked years ago says little of what it is asked now. */
const mostLessons = 2000;

/**
 * By what is told what people want: the words that came along, the team's own (`inbox/words/<language>.yaml`), and what
 * members said of messages, by teaching or by filing. Lessons are read from the messages themselves, so that what is erased is
 * forgotten here, too.
 * @throws ItacaError `invalid` with the path of a file of words that is broken
 */
export async function intentReader({ root }: Workspace, book: InboxBook): Promise<IntentReader> {
  const words = joinIntentWords([
    ...wordsIn(packaged('templates', 'inbox', 'words'), (name) => name),
    ...wordsIn(join(root, wordsFolder), (name) => `${wordsFolder}/${name}`),
  ]);
  const lessons = [...book.messages()]
    .flatMap((booked) => {
      const lesson = lessonOf(booked);
      return lesson ? [{ booked, ...lesson }] : [];
    })
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, mostLessons);
  const examples: Example[] = [];
  for (const { booked, intent } of lessons) {
    const { path, channel } = booked.received;
    const raw = readOrNull(insideWorkspace(root, path));
    if (!raw) continue;
    const { subject, text } =
      channel === 'email' ? await parseMessage(raw) : { subject: '', text: String(raw) };
    examples.push({ text: `${subject}\n\n${replyText(text)}`, intent });
  }
  return { words, ...(examples.length > 0 ? { model: trainIntents(examples) } : {}) };
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

function wordsIn(folder: string, shownAs: (name: string) => string): IntentWords[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('.'))
    .sort()
    .map((name) => {
      const path = shownAs(name);
      const { data } = readYaml(readFileSync(join(folder, name), 'utf8'), path);
      try {
        return readIntentWords(data);
      } catch (cause) {
        const [issue] = (cause as { issues?: { path: unknown[]; message: string }[] }).issues ?? [];
        const message = issue ? `${issue.path.join('.')}: ${issue.message}` : (cause as Error).message;
        throw new ItacaError('invalid', message, {
          path,
          hint: 'it.yaml in templates/inbox/words says how phrases are written',
          cause,
        });
      }
    });
}
