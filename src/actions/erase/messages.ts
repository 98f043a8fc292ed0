import { canonicalEmail } from '../../domain/contacts/email-address.js';
import type { ErasedPerson } from '../../domain/erasure/person.js';
import type { TextRedactor } from '../../domain/erasure/redact-text.js';
import type { InboxLine } from '../../domain/inbox/ledger.js';
import { idOfRef } from '../../domain/records/ids.js';
import { parseMessage } from '../../mail/parse-message.js';
import { isMail, redactMail } from '../../mail/redact/redact-mail.js';
import { inboxFolder } from '../../workspace/inbox-ledger.js';
import type { Corpus } from './learn.js';

/** Messages that came in and go, by the ids that the inbox gave them, and the files in which they are kept. */
export interface HisMessages {
  messages: Set<string>;
  paths: Set<string>;
  /** Their Message-IDs, without brackets. */
  messageIds: string[];
}

/**
 * Finds the messages that go whole: those that the person wrote, or that were written to him alone, and those of which all
 * that they are filed in goes. One of others that names him stays, without him.
 */
export async function findMessages(
  corpus: Corpus,
  removed: ReadonlySet<string>,
  person: ErasedPerson,
  redactor: TextRedactor,
): Promise<HisMessages> {
  const pathOf = new Map<string, string>();
  const idOf = new Map<string, string>();
  const filed = new Map<string, Set<string>>();
  const isLedger = (path: string) => path.startsWith(`${inboxFolder}/`) && path.endsWith('.jsonl');
  for await (const { bytes } of corpus.files(isLedger)) {
    for (const line of linesOf(bytes)) {
      if (line.event === 'received') {
        if (line.path.startsWith('attachments/')) pathOf.set(line.message, line.path);
        if (line.message_id !== undefined) idOf.set(line.message, line.message_id);
      }
      if (line.event === 'filed') {
        const ids = filed.get(line.message) ?? new Set();
        for (const ref of line.records) ids.add(idOfRef(ref) ?? ref);
        filed.set(line.message, ids);
      }
    }
  }
  const messages = new Set<string>();
  const byPath = new Map([...pathOf].map(([message, path]) => [path, message]));
  for await (const { path, bytes } of corpus.files((one) => one.startsWith('attachments/mail/'))) {
    const message = byPath.get(path) ?? path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
    if (!(await isHis(bytes, person, redactor))) continue;
    messages.add(message);
    pathOf.set(message, path);
  }
  for (const [message, ids] of filed)
    if (ids.size > 0 && [...ids].every((id) => removed.has(id))) messages.add(message);
  return {
    messages,
    paths: new Set([...messages].flatMap((message) => pathOf.get(message) ?? [])),
    messageIds: [...messages].flatMap((message) => idOf.get(message)?.replace(/[<>]/g, '') || []),
  };
}

/** Whether he is the one correspondent of a message. What is kept of a letter is his where his address stands in it. */
async function isHis(
  bytes: Buffer,
  { emails }: ErasedPerson,
  { find, redact }: TextRedactor,
): Promise<boolean> {
  if (emails.length === 0) return false;
  const own = ({ address }: { address: string }) => emails.includes(canonicalEmail(address) ?? '');
  if (!isMail(bytes)) return find(bytes.toString()).some(({ what }) => what === 'email');
  if (redactMail(bytes, redact).bytes === bytes) return false;
  const { from, to, cc } = await parseMessage(bytes);
  const receivers = [...to, ...cc];
  return (from.length > 0 && from.every(own)) || (receivers.length > 0 && receivers.every(own));
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
