import type { Case } from '../../domain/cases/case.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { bearsName, foldPersonName } from '../../domain/contacts/person-name.js';
import { identifiersIn } from '../../domain/inbox/identifiers.js';
import type { InboundMessage } from '../../domain/inbox/message.js';
import { tokensOf } from '../../domain/inbox/recipient-token.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import { idOfRef, isId } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import { bareId } from '../../workspace/index/row.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { InboxWorld, SentByUs } from './world.js';

/** Whose message it is, and what it is about. */
export interface Who {
  /** Undefined where nobody, or more than one, may have written it. */
  contact: StoredRecord<Contact> | undefined;
  /** Those it may be where it is not certain. */
  candidates: StoredRecord<Contact>[];
  /** From 0 to 1. */
  confidence: number;
  why: string;
  /** The interaction that it answers. */
  answers: StoredRecord<Interaction> | undefined;
  /** The message of a campaign or a sequence that it answers, or is about. */
  sent: SentByUs | undefined;
  /** What its text names, where that is the same person's. */
  case: StoredRecord<Case> | undefined;
  order: StoredRecord | undefined;
  agreement: StoredRecord | undefined;
}

/** So many lines of a signature may hold a name. */
const nameLines = 6;

/**
 * Finds who wrote a message: by address; where that is not known, or is shared, by the message of ours that it answers, by a
 * number that it names, and last by the name under it. A name alone is never enough, and neither is the answer to a
 * message of ours from an address that is not on file under another name: somebody forwarded it.
 * @param text what the person wrote, without quotes
 * @param signature the lines under it
 */
export function whoWrote(
  message: InboundMessage,
  text: string,
  signature: string,
  { index, campaigns, sequences, receipts, erased }: InboxWorld,
): Who {
  const answered = [...message.inReplyTo, ...[...message.references].reverse()];
  const told = { messageIds: answered, tokens: tokensOf(message), tags: [], address: undefined };
  const sent = campaigns.find(told) ?? sequences.find(told);
  const answers = interactionOf(answered, index);
  const receipt = answered.map((id) => receipts.get(bareId(id))).find((one) => one !== undefined);
  const named = namedIn(`${message.subject}\n${text}\n${signature}`, index);
  const from = message.from[0] ?? message.replyTo[0];
  const byAddress = contactsAt(from?.address, index);
  const inThread = contactsIn(
    [...(answers?.data.contacts ?? []), sent?.message.contact, receipt?.contact].filter(
      (ref) => ref !== undefined,
    ),
    index,
  );
  const lines = [...text.trim().split('\n').slice(-nameLines), ...signature.split('\n').slice(0, nameLines)];
  const names = [from?.name ?? '', ...lines].map(foldPersonName);
  const found = judge({
    address: from?.address,
    byAddress,
    inThread,
    byNumber: named.contacts,
    names,
    index,
    erased: from !== undefined && erased({ emails: [from.address] }),
  });
  const mine = (record: StoredRecord | undefined) =>
    record && found.contact && isOf(record, found.contact) ? record : undefined;
  return {
    ...found,
    answers: mine(answers as unknown as StoredRecord) ? answers : undefined,
    sent,
    case: mine(named.case ?? index.get(receipt?.case ?? '')) as StoredRecord<Case> | undefined,
    order: mine(named.order),
    agreement: mine(named.agreement),
  };
}

interface Evidence {
  address: string | undefined;
  byAddress: StoredRecord<Contact>[];
  inThread: StoredRecord<Contact>[];
  byNumber: StoredRecord<Contact>[];
  /** Folded. */
  names: readonly string[];
  index: Index;
  /** Whether who had the address was erased. */
  erased: boolean;
}

type Verdict = Pick<Who, 'contact' | 'candidates' | 'confidence' | 'why'>;

function judge({ address, byAddress, inThread, byNumber, names, index, erased }: Evidence): Verdict {
  const is = (contact: StoredRecord<Contact>, confidence: number, why: string): Verdict => ({
    contact,
    candidates: [],
    confidence,
    why,
  });
  const among = (some: StoredRecord<Contact>[], all: StoredRecord<Contact>[]) =>
    some.filter(({ id }) => all.some((one) => one.id === id));
  const fits = ({ data }: StoredRecord<Contact>) =>
    names.some((name) => bearsName(foldPersonName(data.name), name));
  const [only, ...others] = byAddress;
  if (only && others.length === 0) return is(only, 0.99, `${only.ref} has this address`);
  if (only) {
    for (const [clue, some] of [
      ['it answers what was sent to', among(byAddress, inThread)],
      ['it names a number of', among(byAddress, byNumber)],
      ['it is signed by', byAddress.filter(fits)],
    ] as const)
      if (some.length === 1 && some[0])
        return is(some[0], 0.9, `${clue} ${some[0].ref}, one of those with this address`);
    return {
      contact: undefined,
      candidates: byAddress,
      confidence: 0,
      why: `${byAddress.length} people have the address ${address}`,
    };
  }
  const [thread] = inThread;
  if (thread && inThread.length === 1 && (fits(thread) || among(inThread, byNumber).length === 1))
    return is(
      thread,
      0.85,
      `it answers what was sent to ${thread.ref}, from another address of the same name`,
    );
  const [number] = byNumber;
  // Who knows a number, a relative for one, is not yet whose it is.
  if (number && byNumber.length === 1 && fits(number))
    return is(number, 0.9, `it names a number of ${number.ref}, and is signed with that name`);
  const signed = names
    .filter((name) => name.includes(' '))
    .flatMap((name) => index.byKey('name', name, ['contact']) as unknown as StoredRecord<Contact>[]);
  const candidates = distinct([...inThread, ...byNumber, ...signed]);
  const unknown =
    address === undefined
      ? 'it names no sender'
      : erased
        ? `who wrote from ${address} was erased`
        : `nobody on file has the address ${address}`;
  const perhaps = candidates.map(({ ref }) => ref).join(' or ');
  const why = candidates.length === 0 ? unknown : `${unknown}; it may be ${perhaps}`;
  return { contact: undefined, candidates, confidence: 0, why };
}

function contactsAt(address: string | undefined, index: Index): StoredRecord<Contact>[] {
  const canonical = address === undefined ? undefined : canonicalEmail(address);
  if (canonical === undefined) return [];
  return distinct(index.byKey('email', canonical, ['contact']) as unknown as StoredRecord<Contact>[]);
}

function contactsIn(refs: readonly string[], index: Index): StoredRecord<Contact>[] {
  return distinct(
    refs.flatMap((ref) => {
      const record = index.get(idOfRef(ref) ?? '');
      return record?.kind === 'contact' ? [record as unknown as StoredRecord<Contact>] : [];
    }),
  );
}

function interactionOf(messageIds: readonly string[], index: Index): StoredRecord<Interaction> | undefined {
  for (const id of messageIds) {
    const [found] = index.byKey('message', bareId(id), ['interaction']);
    if (found) return found as unknown as StoredRecord<Interaction>;
  }
  return undefined;
}

interface Named {
  contacts: StoredRecord<Contact>[];
  case: StoredRecord | undefined;
  order: StoredRecord | undefined;
  agreement: StoredRecord | undefined;
}

/** What a text names by number; of each kind only where it names one. */
function namedIn(text: string, index: Index): Named {
  const found = distinct(
    identifiersIn(text).flatMap((word) => {
      const byNumber = index.byKey('identifier', word, ['contact', 'order', 'agreement', 'case']);
      const byId = isId(word) ? index.get(word) : undefined;
      return byId ? [...byNumber, byId] : byNumber;
    }),
  );
  const one = (kind: string) => {
    const some = found.filter((record) => record.kind === kind);
    return some.length === 1 ? some[0] : undefined;
  };
  const owners = found.flatMap((record) =>
    record.kind === 'contact'
      ? [record.ref]
      : typeof record.data.contact === 'string'
        ? [record.data.contact]
        : [],
  );
  return {
    contacts: contactsIn(owners, index),
    case: one('case'),
    order: one('order'),
    agreement: one('agreement'),
  };
}

/** Whether a record is of a person, or of the firm he works for. */
function isOf({ data }: StoredRecord, { id, data: { company } }: StoredRecord<Contact>): boolean {
  const refs = [data.contact, data.contacts].flat().filter((ref) => typeof ref === 'string');
  if (refs.some((ref) => idOfRef(ref as string) === id)) return true;
  return (
    typeof company === 'string' &&
    typeof data.company === 'string' &&
    idOfRef(company) === idOfRef(data.company)
  );
}

function distinct<T extends { id: string }>(records: readonly T[]): T[] {
  return [...new Map(records.map((record) => [record.id, record])).values()];
}
