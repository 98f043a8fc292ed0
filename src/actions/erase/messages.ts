import type { TextRedactor } from '../../domain/erasure/redact-text.js';
import type { InboxLine } from '../../domain/inbox/ledger.js';
import { idOfRef } from '../../domain/records/ids.js';
import { inboxFolder } from '../../workspace/inbox-ledger.js';
import type { Corpus } from './learn.js';

/** Messages that came in, by the ids that the inbox gave them, and the files in which they are kept. */
export interface HisMessages {
  messages: Set<string>;
  paths: Set<string>;
}

/**
 * Finds what came in from the person or about him: what was filed in records that go, and what is kept with one of his
 * addresses in it. Such a file goes whole: it is kept as it came, or not at all.
 */
export async function findMessages(
  corpus: Corpus,
  removed: ReadonlySet<string>,
  redactor: TextRedactor,
): Promise<HisMessages> {
  const pathOf = new Map<string, string>();
  const messages = new Set<string>();
  const isLedger = (path: string) => path.startsWith(`${inboxFolder}/`) && path.endsWith('.jsonl');
  for await (const { bytes } of corpus.files(isLedger)) {
    for (const line of linesOf(bytes)) {
      if (line.event === 'received' && line.path.startsWith('attachments/'))
        pathOf.set(line.message, line.path);
      if (line.event === 'filed' && line.records.some((ref) => removed.has(idOfRef(ref) ?? '')))
        messages.add(line.message);
    }
  }
  const byPath = new Map([...pathOf].map(([message, path]) => [path, message]));
  for await (const { path, bytes } of corpus.files((one) => one.startsWith('attachments/mail/'))) {
    if (!redactor.find(bytes.toString()).some(({ what }) => what === 'email')) continue;
    const message = byPath.get(path) ?? path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
    messages.add(message);
    pathOf.set(message, path);
  }
  const paths = [...messages].flatMap((message) => pathOf.get(message) ?? []);
  return { messages, paths: new Set(paths) };
}

function* linesOf(bytes: Buffer): Generator<InboxLine> {
  for (const raw of bytes.toString().split('\n')) {
    try {
      if (raw !== '') yield JSON.parse(raw) as InboxLine;
    } catch {
      // Half a line, as a crash leaves it, says nothing of anybody.
    }
  }
}
