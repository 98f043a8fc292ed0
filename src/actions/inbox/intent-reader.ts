import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import {
  type Example,
  intentModel,
  joinIntentModels,
  trainIntents,
} from '../../domain/inbox/intent/model.js';
import type { IntentReader } from '../../domain/inbox/intent/read-intent.js';
import {
  type IntentWords,
  intentWords,
  intentWordsFile,
  joinIntentWords,
} from '../../domain/inbox/intent/words.js';
import { readYamlFile } from '../../workspace/config/read.js';
import { inboxFolder } from '../../workspace/inbox-ledger.js';
import { packaged } from '../packaged.js';

/** Where the program has its words, and a workspace those that it adds to them: one file for each language. */
const shippedWords = 'templates/inbox/words';
export const ownWords = `${inboxFolder}/words`;

/** How many of the messages that the program learned from a decision of the workspace's own people counts for. */
const ownCount = 4;

/**
 * By what messages are read: the words of the program and of the workspace together, and what was learned.
 * @param root of the workspace
 * @param taught what people of the workspace decided
 * @throws ItacaError `invalid` with the line where a file of the workspace is broken
 */
export function openIntentReader(root: string, taught: readonly Example[] = []): IntentReader {
  const words = [...wordsIn(packaged(), shippedWords), ...readOwnWords(root)];
  const shipped = intentModel.parse(JSON.parse(readFileSync(packaged('templates/inbox/model.json'), 'utf8')));
  return {
    words: joinIntentWords(words),
    model: taught.length === 0 ? shipped : joinIntentModels(shipped, trainIntents(taught), ownCount),
  };
}

/**
 * The words that a workspace adds.
 * @throws ItacaError `invalid` with path and line where a file is broken
 */
export function readOwnWords(root: string): IntentWords[] {
  return wordsIn(root, ownWords);
}

function wordsIn(root: string, folder: string): IntentWords[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('.'))
    .sort()
    .map((name) => readWords(root, `${folder}/${name}`));
}

function readWords(root: string, path: string): IntentWords {
  const { data, lineOf } = readYamlFile(root, path);
  const file = intentWordsFile.safeParse(data ?? {});
  if (file.success) return intentWords(file.data);
  const [issue] = file.error.issues;
  const at = issue!.path.map((key) => (typeof key === 'number' ? key : String(key)));
  throw new ItacaError('invalid', `${at.join('.')}: ${issue!.message}`, { path, ...lineOf(at) });
}
