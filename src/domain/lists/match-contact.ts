import { foldCompanyName } from '../companies/company-name.js';
import { canonicalEmail } from '../contacts/email-address.js';
import { bearsName, foldPersonName, foldText, namesAgree } from '../contacts/person-name.js';
import { phoneKey } from '../contacts/phone-number.js';

/** What tells whether two entries are one person: comparable keys of a row or of a record. */
export interface PersonKey {
  emails: readonly string[];
  phones: readonly string[];
  /** Folded. */
  name: string;
  /** Front matter with the names as written. */
  written: Record<string, unknown>;
  /** Folded. */
  company: string;
}

/** A person on file, or one that an earlier row of the same list creates. */
export interface KnownPerson extends PersonKey {
  id: string;
}

const text = (item: unknown, key: string): string =>
  typeof item === 'string' ? item : String((item as Record<string, unknown> | null)?.[key] ?? '');

const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/**
 * The comparable keys of a contact's front matter.
 * @param companyName of the firm it belongs to
 * @param country default country of telephone numbers
 */
export function personKey(
  data: Record<string, unknown>,
  companyName: string,
  country: string | undefined,
): PersonKey {
  return {
    emails: list(data.emails).flatMap((item) => canonicalEmail(text(item, 'address')) ?? []),
    phones: list(data.phones).flatMap((item) => phoneKey(text(item, 'number'), country) ?? []),
    name: foldPersonName(String(data.name ?? '')),
    written: data,
    company: companyName === '' ? '' : foldCompanyName(companyName),
  };
}

/** The given name folded, or the name's first word; empty for an address. Folded late, as few are ever asked for it. */
function givenOf({ written: { given_name: given, name } }: Pick<PersonKey, 'written'>): string {
  const folded = foldPersonName(typeof given === 'string' ? given : '');
  const whole = String(name ?? '');
  if (folded !== '' || whole.includes('@')) return folded;
  const words = new Set(foldPersonName(whole).split(' '));
  return (
    foldText(whole)
      .split(' ')
      .find((word) => words.has(word)) ?? ''
  );
}

/**
 * Whether two who share an address are two people, as at info@ or in one family: both have a whole name, and neither is
 * the other's. A longer form of a name, and another surname behind the same given name, are one person's.
 */
export function areTwo(
  a: Pick<PersonKey, 'name' | 'written'>,
  b: Pick<PersonKey, 'name' | 'written'>,
): boolean {
  const whole = ({ name }: { name: string }) => name.split(' ').filter((word) => word.length > 1).length > 1;
  if (!whole(a) || !whole(b) || namesAgree(a.name, b.name) !== 'no') return false;
  if (bearsName(a.name, b.name) || bearsName(b.name, a.name)) return false;
  const [one, other] = [givenOf(a), givenOf(b)];
  // `Johnston Rosie` is Rosie with her names the other way round.
  const swapped = a.name.split(' ').includes(other) || b.name.split(' ').includes(one);
  return one !== '' && other !== '' && !swapped;
}

/**
 * Who among the people at hand a row is: by e-mail address, where the names are not those of two; by phone where the names agree; by name and company where
 * neither address nor phone differ. It is the rule of `dedupe`, asked of one row at a time.
 * @param byEmail people who share one of the row's addresses, in a stable order; likewise the others
 */
export function matchPerson(
  row: PersonKey,
  candidates: {
    byEmail: readonly KnownPerson[];
    byPhone: readonly KnownPerson[];
    byName: readonly KnownPerson[];
  },
): KnownPerson | undefined {
  const differ = (a: readonly string[], b: readonly string[]) =>
    a.length > 0 && b.length > 0 && !a.some((value) => b.includes(value));
  const byEmail = candidates.byEmail.filter((one) => !areTwo(one, row));
  if (byEmail.length > 0)
    return byEmail.find((one) => namesAgree(one.name, row.name) === 'yes') ?? byEmail[0];
  const phone = candidates.byPhone.find((one) => namesAgree(one.name, row.name) === 'yes');
  if (phone) return phone;
  const named = candidates.byName.filter(
    (one) =>
      row.name !== '' &&
      one.name === row.name &&
      row.company !== '' &&
      one.company === row.company &&
      !differ(one.emails, row.emails) &&
      !differ(one.phones, row.phones),
  );
  // A row that fits two people is neither for certain.
  return named.length === 1 ? named[0] : undefined;
}

/**
 * Whether a system calls a record on file something else than an entry.
 * @param identifiers of the record
 * @param ids of the entry, `system:value`
 */
export function differingIds(identifiers: unknown, ids: readonly string[] | undefined): boolean {
  if (!ids || typeof identifiers !== 'object' || identifiers === null) return false;
  return ids.some((id) => {
    const at = id.indexOf(':');
    const known = (identifiers as Record<string, unknown>)[id.slice(0, at)];
    return known !== undefined && known !== id.slice(at + 1);
  });
}
