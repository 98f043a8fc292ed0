import type { Contact } from '../../domain/contacts/contact.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import type { InboundMessage } from '../../domain/inbox/message.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import { derivedId } from '../../domain/records/derived-id.js';
import { idOfRef, refOfPath, slug } from '../../domain/records/ids.js';
import { isBefore } from '../../domain/time/order.js';
import type { Index } from '../../workspace/index/index.js';
import { bareId } from '../../workspace/index/row.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Attachment } from '../attach.js';
import { newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';
import type { Decide, PlannedMessage } from './planned.js';
import type { ReadMessage } from './read-message.js';
import type { InboxWorld } from './world.js';

/**
 * Files what a member wrote, from a folder of sent mail: an answer in the thread, and so in the case, that it goes on with.
 * The one open promise of that member to that person in the same thread or case is kept by it.
 */
export async function planOwn(
  read: ReadMessage,
  attachments: readonly Attachment[],
  { index, members }: InboxWorld,
  plan: PlannedMessage,
  decide: Decide,
  tools: Tools,
): Promise<void> {
  const { message, source, receivedAt, text, id } = read;
  const { outcome } = plan;
  outcome.kind = 'person';
  const contacts = recipientsOnFile(message, index);
  const [contact] = contacts;
  if (!contact) {
    decide('dismissed', [], 'written by us, to nobody on file');
    return;
  }
  const by = members.get(canonicalEmail(message.from[0]?.address ?? '') ?? '');
  const answers = [...message.inReplyTo, ...[...message.references].reverse()]
    .flatMap((one) => index.byKey('message', bareId(one), ['interaction']))
    .find(({ data }) => namesAny(data.contacts, contacts)) as StoredRecord<Interaction> | undefined;
  const record = await newRecord(
    'interaction',
    {
      at: receivedAt,
      channel: source.channel,
      direction: 'outbound',
      by,
      contacts: [...new Set(contacts.map(({ ref }) => ref))],
      company: contact.data.company,
      case: answers?.data.case,
      subject: message.subject.replace(/\s+/g, ' ').slice(0, 400),
      message_id: message.messageId,
      in_reply_to: message.inReplyTo[0],
      answers: answers?.ref,
      address: source.address,
      attachments,
    },
    {
      title: `${source.channel} ${slug(message.subject || contact.title, '')}`,
      note: text,
      id: derivedId(tools.workspace.config.id, 'interaction', `inbox ${id}`),
    },
    tools,
  );
  const ref = refOfPath(record.path);
  if (!index.get(record.id)) plan.changes.push(record);
  const promise =
    by === undefined ? undefined : keptBy(by, contacts, answers, receivedAt, index.openPromises());
  if (promise)
    plan.changes.push({
      op: 'update',
      kind: 'promise',
      id: promise.id,
      path: promise.path,
      set: { kept_at: receivedAt, kept_in: ref },
    });
  Object.assign(outcome, { contact: contact.ref, case: answers?.data.case ?? null, confidence: 1 });
  const kept = promise ? `; it keeps the promise ${promise.ref}` : '';
  decide(
    'filed',
    [ref, ...(promise ? [promise.ref] : [])],
    `written by ${by ?? 'us'} to ${contact.ref}${kept}`,
  );
}

/** Those on file, each alone with his address, to whom a message was written. */
export function recipientsOnFile(
  { to, cc }: Pick<InboundMessage, 'to' | 'cc'>,
  index: Index,
): StoredRecord<Contact>[] {
  return [...to, ...cc].flatMap(({ address }) => {
    const found = index.byKey('email', canonicalEmail(address) ?? '', ['contact']);
    return found.length === 1 ? (found as unknown as StoredRecord<Contact>[]) : [];
  });
}

/** The promise that an answer keeps, where there is just one that it may be. */
function keptBy(
  by: string,
  contacts: readonly StoredRecord<Contact>[],
  answers: StoredRecord<Interaction> | undefined,
  at: string,
  open: readonly StoredRecord[],
): StoredRecord<Promise_> | undefined {
  if (!answers) return undefined;
  const thread = answers.data.case;
  const fitting = (open as unknown as StoredRecord<Promise_>[]).filter(
    ({ data }) =>
      data.by === by &&
      // What was written before it was promised keeps no promise.
      !isBefore(at, data.made_at) &&
      namesAny([data.to], contacts) &&
      ((data.case !== undefined && thread !== undefined && idOfRef(data.case) === idOfRef(thread)) ||
        (data.made_in !== undefined && idOfRef(data.made_in) === answers.id)),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

function namesAny(refs: unknown, contacts: readonly { id: string }[]): boolean {
  return (
    Array.isArray(refs) &&
    refs.some((ref) => typeof ref === 'string' && contacts.some(({ id }) => id === idOfRef(ref)))
  );
}
