import type { Contact } from '../domain/contacts/contact.js';
import { canonicalEmail } from '../domain/contacts/email-address.js';
import { arrivedAt } from '../domain/inbox/arrival.js';
import { derivedId } from '../domain/records/derived-id.js';
import { slug } from '../domain/records/ids.js';
import { isoInstant } from '../domain/time/clock.js';
import type { Change, StoredRecord } from '../workspace/records.js';
import { Consequences } from './import-events/consequences.js';
import { type ImportMailReport, type LeftReason, MailTally } from './import-mail/report.js';
import { type Filed, onFileAlready, tieThreads } from './import-mail/thread.js';
import { arrivedFrom } from './inbox/arrived.js';
import { openIntentReader } from './inbox/intent-reader.js';
import { keepMessage } from './inbox/keep-message.js';
import { isOfPerson } from './inbox/plan-message.js';
import { recipientsOnFile } from './inbox/plan-own.js';
import { certainEnough, senderOfOurs } from './inbox/plan-word.js';
import type { OpenedSource } from './inbox/pull-inbox.js';
import { type ReadMessage, readMessage } from './inbox/read-message.js';
import { wantsNoMore, wishesInWords } from './inbox/unsubscribe.js';
import { whoWrote } from './inbox/who.js';
import { type InboxWorld, inboxWorld } from './inbox/world.js';
import { newRecord } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface ImportMailOptions {
  sources: readonly OpenedSource[];
  /** Whether files that came with messages are kept. */
  files: boolean;
  progress?: (done: number) => void;
}

export interface ImportMailPlan {
  report: ImportMailReport;
  changes: Change[];
}

/** Whose a message is; or why it is not put on file, as a sentence. */
type Found =
  | { direction: 'inbound' | 'outbound'; contacts: StoredRecord<Contact>[]; by?: string | undefined }
  | { reason: LeftReason; why: string; address?: string | undefined };

/**
 * Works out what an archive of mail puts on file: what people on file wrote, and what was written to them, as interactions
 * of that day. It is history: it opens no case and asks for no answer, but a wish to get no more messages counts. Nobody is
 * put on file by it. What is on file, by this or by the inbox, stays as it is.
 */
export async function planImportMail(
  { sources, files, progress }: ImportMailOptions,
  tools: Tools,
): Promise<ImportMailPlan> {
  const { workspace, clock } = tools;
  const world = await inboxWorld(workspace, []);
  const { index } = world;
  const reader = openIntentReader(workspace.root, []);
  const tally = new MailTally();
  const { report } = tally;
  const wishes = new Consequences();
  const kept = new Map<string, Change>();
  const filed: Filed[] = [];
  const seen = new Set<string>();
  const derive = (key: string) => derivedId(workspace.config.id, 'interaction', key);

  for (const { about, source } of sources) {
    let line = 0;
    for await (const arrived of arrivedFrom(source, () => false)) {
      const where = { path: source.label, line: ++line };
      report.rows++;
      progress?.(report.rows);
      if ('fault' in arrived) {
        tally.refuse('unreadable', where, arrived.fault);
        continue;
      }
      if (!arrived.isMail) {
        tally.refuse('unreadable', where, 'it is no message; letters come in by inbox pull');
        continue;
      }
      const read = await readMessage(arrived, about, reader, workspace);
      arrived.raw = Buffer.alloc(0);
      const found = whose(read, world);
      if ('reason' in found) {
        const { reason, why, address } = found;
        tally.refuse(reason, where, why);
        if (address !== undefined) tally.stranger(address);
        continue;
      }
      const id = derive(`mail ${read.id}`);
      const isKnown = [id, derive(`inbox ${read.id}`)].some((one) => index.get(one) !== undefined);
      if (isKnown || seen.has(id) || onFileAlready(read.message.messageId, found.contacts, index)) {
        report.unchanged++;
        continue;
      }
      seen.add(id);
      if (found.direction === 'inbound' && wantsNoMore(read, workspace))
        for (const wish of wishesInWords(read, found.contacts[0]?.ref, workspace)) wishes.add(wish);
      // A wish counts whenever it was written; a history needs the day.
      if (!Number.isFinite(arrivedAt(read.message, arrived.receivedAt, Number.POSITIVE_INFINITY))) {
        tally.refuse('undated', where, 'neither it nor the archive says when it was written');
        continue;
      }
      filed.push({ record: await interactionOf(read, found, id), message: read.message });
      report.created++;
    }
  }
  tieThreads(filed, index);
  const { changes, suppressed } = await wishes.changes(tools);
  report.suppressed = suppressed;
  report.files = kept.size;
  return {
    report: tally.done(),
    changes: [...filed.map(({ record }) => record), ...kept.values(), ...changes],
  };

  async function interactionOf(read: ReadMessage, found: Extract<Found, { direction: string }>, id: string) {
    const { message, source, text } = read;
    const { direction, contacts, by } = found;
    const [first] = contacts;
    // The archive itself stays where it is; what came with a message is kept where somebody wants it.
    const keeping = files ? keepMessage(workspace.root, read) : undefined;
    const attachments = keeping?.files ?? [];
    for (const change of keeping?.changes ?? [])
      if (attachments.some(({ path }) => path === change.path)) kept.set(change.path, change);
    return newRecord(
      'interaction',
      {
        at: isoInstant(Math.min(message.date ?? Date.parse(read.receivedAt), clock.now()), clock.timeZone),
        channel: source.channel,
        direction,
        by,
        contacts: [...new Set(contacts.map(({ ref }) => ref))],
        company: first?.data.company,
        subject: message.subject.replace(/\s+/g, ' ').slice(0, 400),
        message_id: message.messageId,
        in_reply_to: message.inReplyTo[0],
        attachments,
      },
      {
        title: `${source.channel} ${slug(message.subject || first?.title || '', '')}`,
        note: text,
        id,
        expected: report.rows,
      },
      tools,
    );
  }
}

/** Carries out a plan of `planImportMail`, as one commit. */
export async function applyImportMail({ report, changes }: ImportMailPlan, tools: Tools): Promise<void> {
  await write(changes, { subject: `import mbox: ${report.created} created` }, tools);
}

function whose(read: ReadMessage, world: InboxWorld): Found {
  const { message, text, signature, classification, source } = read;
  const from = message.from[0]?.address;
  if (source.sent || senderOfOurs(read, world) !== undefined) {
    const contacts = recipientsOnFile(message, world.index);
    const by = world.members.get(canonicalEmail(from ?? '') ?? '');
    if (contacts.length > 0) return { direction: 'outbound', contacts, by };
    const to = [...message.to, ...message.cc][0]?.address;
    return {
      reason: 'nobody_on_file',
      why: `written by us, to ${to === undefined ? 'nobody' : `${to}, who is nobody on file`}`,
      address: to === undefined ? undefined : canonicalEmail(to),
    };
  }
  if (!isOfPerson(read, world))
    return { reason: 'machine', why: `written by a machine: ${classification.kind}` };
  const { contact, confidence, candidates, why } = whoWrote(message, text, signature, world);
  if (contact && confidence >= certainEnough) return { direction: 'inbound', contacts: [contact] };
  if (candidates.length > 0) return { reason: 'not_certain', why };
  return { reason: 'stranger', why, address: from === undefined ? undefined : canonicalEmail(from) };
}
