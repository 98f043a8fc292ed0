/** What is to be found of a person whose data go. */
export interface ErasedPerson {
  /** Ids of the contact and of those that were merged into it. */
  contacts: ReadonlySet<string>;
  /** E-mail addresses, as written and canonical. */
  emails: readonly string[];
  /** Telephone numbers as `phoneKey` has them. */
  phones: readonly string[];
  /** Full names, of two words at least: one word may be anybody's. */
  names: readonly string[];
  /** Family names: too little to find him by, enough to look at what carries one. */
  families: readonly string[];
  /** Where letters reach him. */
  places: readonly Place[];
  /** Each of his numbers with each name he went by, of one word too: a number alone may be a switchboard's. */
  reached: readonly { phone: string; name: string }[];
}

/** A street, or a post-office box, and what stands beside it; one of the two at least. */
export interface Place {
  street: string;
  locality: string;
  code: string;
}

/** Front matter of a contact, in any version of it. */
export interface ContactVersion {
  data: Record<string, unknown>;
}

/** What stands in the place of what a person had erased. It is safe in YAML, JSON and Markdown alike. */
export const erasedText = '(erased)';

/**
 * What a person is known by, of all versions of the records about him.
 * @param rules.canonical of an e-mail address; undefined where it is none
 * @param rules.phone key of a telephone number; undefined where it is none
 */
export function personOf(
  contacts: Iterable<string>,
  versions: Iterable<ContactVersion>,
  rules: { canonical(text: string): string | undefined; phone(text: string): string | undefined },
): ErasedPerson {
  const emails = new Set<string>();
  const phones = new Set<string>();
  const names = new Set<string>();
  const families = new Set<string>();
  const places = new Map<string, Place>();
  const called = new Set<string>();
  const learn = (data: Record<string, unknown>) => {
    for (const text of labelled(data.emails, 'address')) {
      const canonical = rules.canonical(text);
      if (canonical === undefined) continue;
      emails.add(text.trim().toLowerCase()).add(canonical);
    }
    for (const text of labelled(data.phones, 'number')) {
      const key = rules.phone(text);
      if (key !== undefined) phones.add(key);
    }
    for (const item of Array.isArray(data.addresses) ? data.addresses : []) {
      const place = placeOf(item);
      if (place) places.set(Object.values(place).join('\n'), place);
    }
    const { name, given_name: given, family_name: family } = data;
    if (typeof name === 'string' && name.trim() !== '') called.add(name.trim());
    if (isFullName(name)) names.add(name.trim());
    const [last] = isFullName(name) ? name.trim().split(/\s+/).slice(-1) : [];
    const surname = typeof family === 'string' && family.trim() !== '' ? family.trim() : last;
    if (surname !== undefined && surname.length > 2) families.add(surname);
    if (typeof given === 'string' && typeof family === 'string' && isFullName(`${given} ${family}`))
      names.add(`${given.trim()} ${family.trim()}`);
  };
  for (const { data } of versions) {
    learn(data);
    // A merge keeps what the other record said.
    for (const nested of objectsIn(data.merged_from)) learn(nested);
  }
  const reached = [...phones].flatMap((phone) =>
    [...new Set([...called, ...names])].map((name) => ({ phone, name })),
  );
  return {
    contacts: new Set(contacts),
    emails: [...emails],
    phones: [...phones],
    names: [...names],
    families: [...families],
    places: [...places.values()],
    reached,
  };
}

/** A postal address as a record has it; undefined where no letter could be sent to it. */
export function placeOf(value: unknown): Place | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const data = value as Record<string, unknown>;
  const text = (key: string) => (typeof data[key] === 'string' ? data[key].trim() : '');
  const place = { street: text('street'), locality: text('locality'), code: text('postal_code') };
  return place.street !== '' && (place.locality !== '' || place.code !== '') ? place : undefined;
}

function isFullName(name: unknown): name is string {
  if (typeof name !== 'string' || name.includes('@')) return false;
  return (name.match(/\p{L}{2,}/gu) ?? []).length >= 2;
}

function labelled(value: unknown, key: string): string[] {
  const items = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return items.flatMap((item: unknown) => {
    const text = typeof item === 'object' && item !== null ? (item as Record<string, unknown>)[key] : item;
    return typeof text === 'string' ? [text] : [];
  });
}

/** All objects in a value, however deep; a parsed record is no deeper than its parser allows. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const item of Object.values(value)) yield* objectsIn(item);
}
