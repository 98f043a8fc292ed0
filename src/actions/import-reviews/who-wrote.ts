import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { bearsName, foldPersonName } from '../../domain/contacts/person-name.js';
import type { Mention } from '../../domain/mentions/mention.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';

/** Whom a review is of, as far as it says so itself. */
export interface Writer {
  contact?: string;
  company?: string;
  order?: string;
}

/** A text names no more numbers than these. */
const most = 40;

/**
 * Who wrote a review: by the address that came with it, or by the number of an order, an agreement, a case or a customer
 * in it where the author has that customer's name. A name alone says nothing: many are called that; and a number alone says
 * only which order it is about. Numbers of several people leave it open.
 */
export function writerOf({ email, order, author, title, text }: Mention, index: Index): Writer {
  const address = email === undefined ? undefined : canonicalEmail(email);
  const byAddress = address === undefined ? [] : index.byKey('email', address, ['contact']);
  const numbers = new Set([...(order === undefined ? [] : [order]), ...numbersIn(`${title}\n${text}`)]);
  const named = [...numbers].flatMap((number) =>
    index.byKey('identifier', number.toLowerCase(), ['order', 'agreement', 'case', 'contact']),
  );
  const contacts = byAddress.length > 0 ? byAddress : named.flatMap((record) => contactOf(record, index));
  const [contact, ...others] = new Map(contacts.map((one) => [one.id, one])).values();
  const orders = new Map(named.filter(({ kind }) => kind === 'order').map((one) => [one.id, one]));
  const [bought] = orders.size === 1 ? orders.values() : [];
  const signed = foldPersonName(author ?? '');
  if (byAddress.length === 0 && !(contact && bearsName(foldPersonName(contact.title), signed)))
    return bought && others.length === 0 ? { order: bought.ref } : {};
  if (!contact || others.length > 0) return {};
  const { company } = contact.data;
  const isHis = bought && contactOf(bought, index)[0]?.id === contact.id;
  return {
    contact: contact.ref,
    ...(typeof company === 'string' ? { company } : {}),
    ...(isHis ? { order: bought.ref } : {}),
  };
}

/** What may be the number of something: at least four characters, three of them digits. */
function numbersIn(text: string): string[] {
  const found = text.slice(0, 20_000).match(/[\p{L}\p{N}][\p{L}\p{N}/_-]{3,39}/gu) ?? [];
  return found.filter((word) => (word.match(/\p{N}/gu)?.length ?? 0) >= 3).slice(0, most);
}

function contactOf(record: StoredRecord, index: Index): StoredRecord[] {
  if (record.kind === 'contact') return [record];
  const { contact } = record.data;
  const found = typeof contact === 'string' ? index.get(idOfRef(contact) ?? '') : undefined;
  return found ? [found] : [];
}
