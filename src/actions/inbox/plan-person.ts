import type { Contact } from '../../domain/contacts/contact.js';
import type { Intent } from '../../domain/inbox/classification.js';
import type { InboxDraft } from '../../domain/inbox/ledger.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import { derivedId } from '../../domain/records/derived-id.js';
import { idOfRef, refOfPath, slug } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import { bareId } from '../../workspace/index/row.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import type { Attachment } from '../attach.js';
import { newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';
import { messageSignalsOf } from './message-signals.js';
import { type CasePlan, onlyAgreement, planCancellation, planCase } from './plan-case.js';
import type { ReadMessage } from './read-message.js';
import type { Who } from './who.js';
import type { InboxWorld } from './world.js';

/** The word of a person, and what a rule or a member made of it. */
export interface PersonMessage {
  read: Pick<ReadMessage, 'id' | 'source' | 'message' | 'receivedAt' | 'text'>;
  contact: StoredRecord<Contact>;
  who: Pick<Who, 'answers' | 'sent' | 'case' | 'order' | 'agreement'>;
  intent: Intent | undefined;
  attachments: readonly Attachment[];
  /** `unsubscribed`, where he wants no more messages and nothing else. */
  outcome?: string | undefined;
  /** The member who files it; absent where a rule does. */
  by?: string | undefined;
  why: string;
}

/** What filing it writes. */
export interface FiledPerson {
  changes: Change[];
  /** Reference of the interaction. */
  interaction: string;
  case: CasePlan | undefined;
  draft: InboxDraft;
}

/**
 * Files what a person wrote: an interaction at the time at which it arrived, in its case, which it may open; and a
 * cancellation in the agreement that it ends.
 */
export async function planPerson(
  person: PersonMessage,
  world: InboxWorld,
  tools: Tools,
): Promise<FiledPerson> {
  const { read, contact, who, intent, by } = person;
  const { message, source, receivedAt, text, id } = read;
  const { workspace, clock } = tools;
  const index = await workspace.index();
  const matter = {
    id,
    intent,
    contact,
    who,
    subject: message.subject,
    text,
    channel: source.channel,
    receivedAt,
    by,
  };
  const own = derivedId(workspace.config.id, 'interaction', `inbox ${id}`);
  const begun = index.get(own) as unknown as StoredRecord<Interaction> | undefined;
  // Somebody may have logged it by hand before: then it is on file.
  const logged = begun ? undefined : loggedAlready(message.messageId, contact.id, index);
  if (logged) return onFile(logged, person, tools);
  // What a crash left of filing this very message is completed, not filed a second time.
  const kase = await planCase({ ...matter, begunIn: begun?.data.case }, tools);
  const ended = onlyAgreement(matter, intent, index);
  const sentIn =
    who.sent && index.get(who.sent.campaign.id)?.kind === 'campaign' ? who.sent.campaign : undefined;
  const automatic = message.headers.find(({ name }) => name === 'auto-submitted')?.value;
  const interaction = await newRecord(
    'interaction',
    {
      at: receivedAt,
      channel: source.channel,
      direction: 'inbound',
      contacts: [contact.ref],
      company: contact.data.company,
      case: kase?.ref,
      campaign: sentIn?.ref,
      agreement: (who.agreement ?? ended)?.ref,
      subject: message.subject.replace(/\s+/g, ' ').slice(0, 400),
      outcome: person.outcome,
      intent,
      address: source.address,
      message_id: message.messageId,
      in_reply_to: message.inReplyTo[0],
      answers: who.answers?.ref,
      auto_submitted: automatic,
      attachments: person.attachments,
      signals: messageSignalsOf(read, contact, world),
    },
    {
      title: `${source.channel} ${slug(message.subject || contact.title, '')}`,
      note: text,
      id: own,
    },
    tools,
  );
  const changes: Change[] = [interaction, ...(kase?.changes ?? [])].filter(
    (change) => !(change.op === 'create' && index.get(change.id)),
  );
  const ref = refOfPath(interaction.path);
  const cancellation = planCancellation(matter, index, ref);
  const unclear = ended ? '' : unclearEnd(intent, contact.id, ref, index);
  const agreements = cancellation.flatMap((change) => ('path' in change ? [refOfPath(change.path)] : []));
  return {
    changes: [...changes, ...cancellation],
    interaction: ref,
    case: kase,
    draft: {
      event: 'filed',
      at: new Date(clock.now()).toISOString(),
      message: id,
      ...(by === undefined ? {} : { by, ...(intent === undefined ? {} : { intent }) }),
      records: [ref, ...(kase ? [kase.ref] : []), ...agreements],
      why: [person.why, kase?.why, unclear].filter(Boolean).join('; '),
    },
  };
}

/** What a person has to say of a cancellation that names none of several agreements; empty where nothing. */
function unclearEnd(intent: Intent | undefined, contact: string, interaction: string, index: Index): string {
  if (intent !== 'cancellation') return '';
  const active = index.naming(contact, ['agreement']).filter(({ data }) => data.state === 'active');
  if (active.length === 0) return '';
  const named = active
    .slice(0, 5)
    .map(({ data, ref }) => data.number ?? ref)
    .join(', ');
  return `it does not say which agreement is to end (${named}): itaca agreement cancel <agreement> --in ${interaction}`;
}

/** The interaction of the same person that has this Message-ID. */
function loggedAlready(
  messageId: string | undefined,
  contact: string,
  index: Index,
): StoredRecord<Interaction> | undefined {
  if (messageId === undefined) return undefined;
  const logged = index.byKey('message', bareId(messageId), [
    'interaction',
  ]) as unknown as StoredRecord<Interaction>[];
  return logged.find(({ data }) => data.contacts?.some((ref) => idOfRef(ref) === contact));
}

function onFile(
  { ref, data }: StoredRecord<Interaction>,
  { read, by, intent, why }: PersonMessage,
  { clock }: Tools,
): FiledPerson {
  const kase = data.case;
  return {
    changes: [],
    interaction: ref,
    case: kase === undefined ? undefined : { ref: kase, opened: false, changes: [], why: '' },
    draft: {
      event: 'filed',
      at: new Date(clock.now()).toISOString(),
      message: read.id,
      ...(by === undefined ? {} : { by, ...(intent === undefined ? {} : { intent }) }),
      records: [ref],
      why: `${why}; ${ref} holds it already`,
    },
  };
}
