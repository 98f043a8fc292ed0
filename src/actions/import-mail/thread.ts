import type { Contact } from '../../domain/contacts/contact.js';
import type { InboundMessage } from '../../domain/inbox/message.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import { bareId } from '../../workspace/index/row.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Created } from '../new-record.js';

/** An interaction that an import makes, before it is known what it answers. */
export interface Filed {
  record: Created;
  message: Pick<InboundMessage, 'messageId' | 'inReplyTo' | 'references'>;
}

/**
 * Ties each message to the one that it answers, on file or in the same archive, whatever their order; and so to the case
 * that one belongs to. Only where both are of one person: anybody can name any message.
 */
export function tieThreads(filed: readonly Filed[], index: Index): void {
  const made = new Map<string, Created>();
  for (const { record, message } of filed) if (message.messageId) made.set(bareId(message.messageId), record);
  for (const { record, message } of filed) {
    for (const id of [...message.inReplyTo, ...[...message.references].reverse()].map(bareId)) {
      const known = index.byKey('message', id, ['interaction']) as unknown as StoredRecord<Interaction>[];
      const answered = [...known, made.get(id)].find(
        (one) => one !== undefined && one.id !== record.id && sharePerson(one.data, record.data),
      );
      if (!answered) continue;
      record.data.answers = answered.ref;
      if (answered.data.case !== undefined) record.data.case = answered.data.case;
      break;
    }
  }
}

/** The interaction on file, by Message-ID, that is of one of these people. */
export function onFileAlready(
  messageId: string | undefined,
  contacts: readonly StoredRecord<Contact>[],
  index: Index,
): boolean {
  if (messageId === undefined) return false;
  const known = index.byKey('message', bareId(messageId), ['interaction']);
  return known.some(({ data }) => sharePerson(data, { contacts: contacts.map(({ ref }) => ref) }));
}

function sharePerson(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const ids = (data: Record<string, unknown>) =>
    Array.isArray(data.contacts) ? data.contacts.map((ref) => idOfRef(String(ref))) : [];
  const those = new Set(ids(b));
  return ids(a).some((id) => those.has(id));
}
