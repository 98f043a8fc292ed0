import type { Contact } from '../../domain/contacts/contact.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { ItacaError } from '../../domain/error.js';
import type { Intent } from '../../domain/inbox/classification.js';
import type { InboxDraft } from '../../domain/inbox/ledger.js';
import { refOfPath } from '../../domain/records/ids.js';
import { readInbox } from '../../workspace/inbox-ledger.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { findRecord } from '../find-record.js';
import { Consequences } from '../import-events/consequences.js';
import { newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';
import { writeDecisions } from './decide.js';
import { openIntentReader } from './intent-reader.js';
import { keepMessage } from './keep-message.js';
import { lessonsOf } from './lessons.js';
import { planPerson } from './plan-person.js';
import type { ReadMessage } from './read-message.js';
import { messageNamed, storedMessage } from './stored-message.js';
import { whoWrote } from './who.js';
import { inboxWorld } from './world.js';

export interface FileInput {
  /** Whose message it is, in any way of naming a person. */
  contact?: string | undefined;
  /** Puts the sender on file. */
  newContact?: boolean | undefined;
  case?: string | undefined;
  intent?: Intent | undefined;
  /** What was typed from a scan. */
  text?: string | undefined;
}

/** What filing a message wrote, in the keys of `--json`. */
export interface FiledMessage {
  id: string;
  /** References. */
  contact: string | null;
  interaction: string | null;
  case: string | null;
  opens_case: boolean;
  records: readonly string[];
  why: string;
}

/**
 * Files a message that waits, or was dismissed, as a member says: a person's word with the person, and in a case; a report that an
 * address does not work, or of a complaint, closes that address. What he says that it wants is a lesson for the next ones.
 * @throws ItacaError `conflict` for one that is filed; `usage` where it is not said whose it is
 */
export async function fileMessage(which: string, input: FileInput, tools: Tools): Promise<FiledMessage> {
  const { workspace } = tools;
  const book = await readInbox(workspace.root);
  const booked = messageNamed(book, which);
  if (booked.state === 'filed')
    throw new ItacaError('conflict', `this message is filed already: ${booked.decision?.why ?? ''}`, {
      hint: 'correct the records themselves: itaca case link, itaca edit',
    });
  const stored = await storedMessage(
    booked,
    openIntentReader(workspace.root, await lessonsOf(workspace.root, book)),
    workspace,
  );
  const read = input.text === undefined ? stored : { ...stored, text: input.text };
  const closing = closingOf(read);
  if (closing && input.contact === undefined && !input.newContact && input.case === undefined)
    return fileReport(read, closing, booked.received.source, tools);
  const world = await inboxWorld(workspace, []);
  const found = whoWrote(read.message, read.text, read.signature, world);
  const created = input.newContact ? await newSender(read, tools) : undefined;
  const kase = input.case ? await findRecord(workspace, input.case, ['case']) : undefined;
  const contact = created ?? (await contactOf(input, kase, found.contact, found.candidates, tools));
  const { changes, whole, files } = keepMessage(workspace.root, read);
  const intent = input.intent ?? read.intent.intent;
  const filed = await planPerson(
    {
      read,
      contact,
      who: { ...found, ...(kase ? { case: kase as never } : {}) },
      intent,
      // Only the files that are there still: of one that was too large, the whole is not what came.
      attachments: [whole, ...files].filter(
        ({ path }) => path === booked.received.path || path !== whole.path,
      ),
      by: tools.actor,
      why: `filed by ${tools.actor}`,
    },
    world,
    tools,
  );
  const restored = changes.filter((change) => 'path' in change && change.path !== whole.path);
  await writeDecisions(
    `inbox file ${booked.received.message}`,
    [{ source: booked.received.source, draft: filed.draft }],
    [...(created ? [created.change] : []), ...restored, ...filed.changes],
    tools,
  );
  return {
    id: booked.received.message,
    contact: contact.ref,
    interaction: filed.interaction,
    case: filed.case?.ref ?? null,
    opens_case: filed.case?.opened === true,
    records: filed.draft.event === 'filed' ? filed.draft.records : [],
    why: filed.draft.event === 'filed' ? filed.draft.why : '',
  };
}

async function contactOf(
  { contact: named }: FileInput,
  kase: StoredRecord | undefined,
  found: StoredRecord<Contact> | undefined,
  candidates: readonly StoredRecord<Contact>[],
  { workspace }: Tools,
): Promise<StoredRecord<Contact>> {
  if (named !== undefined) return findRecord<Contact>(workspace, named, ['contact']);
  if (found) return found;
  if (typeof kase?.data.contact === 'string')
    return findRecord<Contact>(workspace, kase.data.contact, ['contact']);
  throw new ItacaError('usage', 'nobody knows whose message this is', {
    hint:
      candidates.length > 0
        ? `say it with --contact: ${candidates.map(({ ref }) => ref).join(', ')}`
        : 'say it with --contact <who>, or put the sender on file with --new-contact',
  });
}

/** The sender as a contact that is to be written. */
async function newSender(
  { message, receivedAt, source }: ReadMessage,
  tools: Tools,
): Promise<StoredRecord<Contact> & { change: Change }> {
  const [from] = message.from;
  if (!from)
    throw new ItacaError('usage', 'this message names no sender', { hint: 'itaca contact add --name "…"' });
  const data = {
    name: from.name.trim() || from.address,
    emails: [from.address],
    source: { channel: source.channel, name: 'inbox', at: receivedAt, by: tools.actor },
  };
  const change = await newRecord('contact', data, { title: data.name }, tools);
  const { id, path, ref } = change;
  return {
    kind: 'contact',
    id,
    path,
    ref,
    title: data.name,
    at: null,
    data: data as never,
    note: '',
    change,
  };
}

/** The addresses that a report closes, and why. */
function closingOf({
  classification: { kind, bounces },
}: ReadMessage): { addresses: string[]; reason: 'hard_bounce' | 'spam_complaint' } | undefined {
  if (kind !== 'bounce' && kind !== 'complaint') return undefined;
  const addresses = bounces.flatMap(({ recipient }) => canonicalEmail(recipient) ?? []);
  return { addresses, reason: kind === 'bounce' ? 'hard_bounce' : 'spam_complaint' };
}

async function fileReport(
  { id, receivedAt }: ReadMessage,
  { addresses, reason }: { addresses: readonly string[]; reason: 'hard_bounce' | 'spam_complaint' },
  source: string,
  tools: Tools,
): Promise<FiledMessage> {
  const consequences = new Consequences();
  for (const address of addresses)
    consequences.add({ address, scope: 'all', reason, at: receivedAt, source: `inbox ${id}`, purposes: [] });
  const { changes } = await consequences.changes(tools);
  const records = changes.flatMap((change) => ('path' in change ? [refOfPath(change.path)] : []));
  const why = `filed by ${tools.actor}; written to no more: ${addresses.join(', ') || 'nobody'}`;
  const draft: InboxDraft = {
    event: 'filed',
    at: new Date(tools.clock.now()).toISOString(),
    message: id,
    by: tools.actor,
    records,
    why,
  };
  await writeDecisions(`inbox file ${id}`, [{ source, draft }], changes, tools);
  return { id, contact: null, interaction: null, case: null, opens_case: false, records, why };
}
