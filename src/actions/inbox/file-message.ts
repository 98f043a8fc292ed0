import type { Case } from '../../domain/cases/case.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { ItacaError } from '../../domain/error.js';
import type { Intent } from '../../domain/inbox/classification.js';
import type { InboxDraft } from '../../domain/inbox/ledger.js';
import { derivedId } from '../../domain/records/derived-id.js';
import { refOfPath } from '../../domain/records/ids.js';
import { erasedIds } from '../../workspace/erasures.js';
import { readInbox } from '../../workspace/inbox-ledger.js';
import { listed } from '../../workspace/index/row.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { warnOfErased } from '../erased-people.js';
import { findRecord } from '../find-record.js';
import { Consequences } from '../import-events/consequences.js';
import { newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';
import { writeDecisions } from './decide.js';
import { openIntentReader } from './intent-reader.js';
import { keepMessage } from './keep-message.js';
import { lessonsOf } from './lessons.js';
import { filedBefore, moveFiled } from './move-filed.js';
import { planOwn } from './plan-own.js';
import { planPerson } from './plan-person.js';
import type { Decide, PlannedMessage } from './planned.js';
import { pulledOf } from './pulled.js';
import type { ReadMessage } from './read-message.js';
import { messageNamed, storedMessage } from './stored-message.js';
import { wishesOf } from './unsubscribe.js';
import { whoWrote } from './who.js';
import { type InboxWorld, inboxWorld } from './world.js';

export interface FileInput {
  /** Whose message it is, in any way of naming a person. */
  contact?: string | undefined;
  /** Puts the sender on file. */
  newContact?: boolean | undefined;
  case?: string | undefined;
  intent?: Intent | undefined;
  /** What was typed from a scan. */
  text?: string | undefined;
  /** The sender wants no more messages, and nothing else. */
  unsubscribe?: boolean | undefined;
  /** A member wrote it. */
  sent?: boolean | undefined;
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
 * Files a message as a member says: a person's word with the person, and in a case; a report that an address does not work,
 * or of a complaint, closes that address. What he says that it wants is a lesson for the next ones. One that is filed with
 * somebody else, or in another case, is moved.
 * @throws ItacaError `conflict` for one that is filed as it should be; `usage` where it is not said whose it is
 */
export async function fileMessage(which: string, input: FileInput, tools: Tools): Promise<FiledMessage> {
  const { workspace } = tools;
  const book = await readInbox(workspace.root);
  const booked = messageNamed(book, which);
  const { message: id, source } = booked.received;
  const reader = openIntentReader(workspace.root, await lessonsOf(workspace.root, book));
  const stored = await storedMessage(booked, reader, workspace);
  const read = input.text === undefined ? stored : { ...stored, text: input.text };
  const filed = await filedBefore(id, tools);
  if (filed) return moveFiled(filed, read, input, source, tools);
  if (booked.state === 'filed' && booked.received.kind === 'person')
    throw new ItacaError('conflict', `this message is filed already: ${booked.decision?.why ?? ''}`, {
      hint: `see it: itaca inbox show ${id}`,
    });
  const world = await inboxWorld(workspace, []);
  if (input.sent) return fileSent(read, world, source, tools);
  if (input.unsubscribe) return fileWish(read, input, source, tools);
  const closing = closingOf(read);
  if (closing && input.contact === undefined && !input.newContact && input.case === undefined)
    return fileReport(read, closing, source, tools);
  const found = whoWrote(read.message, read.text, read.signature, world);
  const created = input.newContact ? await newSender(read, tools) : undefined;
  const kase = input.case ? await findRecord<Case>(workspace, input.case, ['case']) : undefined;
  const contact = created ?? (await contactOf(input, kase, found.contact, found.candidates, tools));
  const { changes, whole, files } = keepMessage(workspace.root, read);
  const plan = await planPerson(
    {
      read,
      contact,
      who: { ...found, ...(kase ? { case: kase } : {}) },
      intent: input.intent ?? booked.taught?.intent ?? read.intent.intent,
      // Of one that was too large, the whole is not what came.
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
  const all = [...(created ? [created.change] : []), ...restored, ...plan.changes];
  await writeDecisions(`inbox file ${id}`, [{ source, draft: plan.draft }], all, tools);
  return {
    id,
    contact: contact.ref,
    interaction: plan.interaction,
    case: plan.case?.ref ?? null,
    opens_case: plan.case?.opened === true,
    records: plan.draft.event === 'filed' ? plan.draft.records : [],
    why: plan.draft.event === 'filed' ? plan.draft.why : '',
  };
}

/** Files what a member wrote, which lies among what came in. */
async function fileSent(
  read: ReadMessage,
  world: InboxWorld,
  source: string,
  tools: Tools,
): Promise<FiledMessage> {
  const { whole, files } = keepMessage(tools.workspace.root, read);
  const plan: PlannedMessage = { changes: [], drafts: [], outcome: pulledOf(read) };
  const at = new Date(tools.clock.now()).toISOString();
  const decide: Decide = (event, records, why) => {
    const line = { at, message: read.id, by: tools.actor };
    plan.drafts.push(event === 'filed' ? { event, ...line, records, why } : { event, ...line, why });
    plan.outcome.why = why;
  };
  await planOwn(read, [whole, ...files], world, plan, decide, tools);
  const drafts = plan.drafts.map((draft) => ({ source, draft }));
  await writeDecisions(`inbox file ${read.id}`, drafts, plan.changes, tools);
  const [draft] = plan.drafts;
  const records = draft?.event === 'filed' ? draft.records : [];
  const { contact, case: kase, why } = plan.outcome;
  return {
    id: read.id,
    contact,
    interaction: records[0] ?? null,
    case: kase,
    opens_case: false,
    records,
    why,
  };
}

/** Writes no more to whoever a member says wants no more. */
async function fileWish(
  read: ReadMessage,
  { contact: named }: FileInput,
  source: string,
  tools: Tools,
): Promise<FiledMessage> {
  const { workspace } = tools;
  const contact = named === undefined ? undefined : await findRecord<Contact>(workspace, named, ['contact']);
  const address = canonicalEmail(
    listed(contact?.data.emails, 'address')[0] ?? read.message.from[0]?.address ?? '',
  );
  if (address === undefined)
    throw new ItacaError('usage', 'it names no address that could be left alone', {
      hint: 'say whose wish it is: --contact <who>',
    });
  const consequences = new Consequences();
  for (const wish of wishesOf(read, address, contact?.ref, workspace)) consequences.add(wish);
  const { changes } = await consequences.changes(tools);
  const records = changes.flatMap((change) => ('path' in change ? [refOfPath(change.path)] : []));
  const why = `filed by ${tools.actor}: ${address} wants no more messages`;
  const at = new Date(tools.clock.now()).toISOString();
  const draft: InboxDraft = { event: 'filed', at, message: read.id, by: tools.actor, records, why };
  await writeDecisions(`inbox file ${read.id}`, [{ source, draft }], changes, tools);
  return {
    id: read.id,
    contact: contact?.ref ?? null,
    interaction: null,
    case: null,
    opens_case: false,
    records,
    why,
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
    source: { channel: source.channel, name: 'inbox', at: receivedAt },
  };
  // Two clones that file what a stranger wrote, whoever does, make one record of him, and of the case that is his.
  const key = canonicalEmail(from.address);
  const derived = key && derivedId(tools.workspace.config.id, 'contact', `email:${key}`);
  await warnOfErased(data, tools);
  // What was erased stays so: who comes back is another record.
  const index = await tools.workspace.index();
  const erased = erasedIds(tools.workspace.root);
  const taken = (one: string) => index.get(one) !== undefined || erased.has(one);
  const id = derived && !taken(derived) ? derived : tools.newId();
  const change = await newRecord('contact', data, { title: data.name, id }, tools);
  const { path, ref } = change;
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
