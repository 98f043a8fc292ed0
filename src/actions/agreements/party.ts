import type { Agreement } from '../../domain/agreements/agreement.js';
import type { Case } from '../../domain/cases/case.js';
import { isOpen } from '../../domain/cases/states.js';
import type { Contact } from '../../domain/contacts/contact.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';

/** The person of an agreement; where he was merged, the one he was merged into. */
export function partyOf({ contact }: Agreement, index: Index): StoredRecord<Contact> | undefined {
  const found = index.get(idOfRef(contact ?? '') ?? '');
  return found?.kind === 'contact' ? (found as unknown as StoredRecord<Contact>) : undefined;
}

/** Whether an interaction was with the party of an agreement: its person, or a firm that it names. */
export function isWithParty(
  { contacts = [], company }: Partial<Interaction>,
  agreement: Agreement,
  index: Index,
): boolean {
  const who = (ref: string | undefined) => {
    const id = idOfRef(ref ?? '');
    return id === undefined ? undefined : (index.get(id)?.id ?? id);
  };
  const person = who(agreement.contact);
  if (person !== undefined) return contacts.some((ref) => who(ref) === person);
  return agreement.company !== undefined && who(company) === who(agreement.company);
}

/** The case in which somebody ends an agreement: an open one before one that is done, the newest first. */
export function cancellationCaseOf(agreement: string, index: Index): StoredRecord<Case> | undefined {
  const cases = (index.naming(agreement, ['case']) as unknown as StoredRecord<Case>[]).filter(
    ({ data }) => data.type === 'cancellation' && data.state !== 'merged',
  );
  return cases.find(({ data }) => isOpen(data.state)) ?? cases[0];
}
