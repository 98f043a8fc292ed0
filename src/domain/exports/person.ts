import type { Keys } from './table.js';

/** A person as the programs that hold address books know one. */
export interface Person {
  given: string;
  middle: string;
  family: string;
  company: string;
  title: string;
  /** The preferred one first. */
  emails: { value: string; label: string; preferred: boolean }[];
  phones: { value: string; label: string }[];
  addresses: Address[];
  websites: string[];
  /** `YYYY-MM-DD`, or `--MM-DD`. */
  birthday: string;
  language: string;
  tags: string[];
  note: string;
}

export interface Address {
  label: string;
  street: string;
  locality: string;
  region: string;
  postal_code: string;
  country: string;
}

/**
 * A contact as a person. A name that is not told in parts counts as the given name, as a whole: where it would have to
 * be cut is a guess.
 * @param keys the contact's, with the name of the firm as `company`
 */
export function personOf(keys: Keys): Person {
  const [given, family] = [textOf(keys.given_name), textOf(keys.family_name)];
  const name = textOf(keys.name);
  const emails = listOf(keys.emails).map((item) => ({
    value: textOf(item.address ?? item.value),
    label: textOf(item.label),
    preferred: item.primary === true,
  }));
  return {
    given: given === '' && family === '' ? name : given,
    middle: between(name, given, family),
    family,
    company: textOf(keys.company),
    title: textOf(keys.title),
    emails: emails.sort((a, b) => Number(b.preferred) - Number(a.preferred)),
    phones: listOf(keys.phones).map((item) => ({
      value: textOf(item.number ?? item.value),
      label: textOf(item.label),
    })),
    addresses: listOf(keys.addresses).map((item) => ({
      label: textOf(item.label),
      street: textOf(item.street),
      locality: textOf(item.locality),
      region: textOf(item.region),
      postal_code: textOf(item.postal_code),
      country: textOf(item.country),
    })),
    websites: listOf(keys.urls).map((item) => textOf(item.value)),
    birthday: textOf(keys.birthday),
    language: textOf(keys.language),
    tags: listOf(keys.tags).map((item) => textOf(item.value)),
    note: textOf(keys.note),
  };
}

/** What stands between the given and the family name. */
function between(name: string, given: string, family: string): string {
  if (given === '' || family === '' || name.length <= given.length + family.length) return '';
  return name.startsWith(`${given} `) && name.endsWith(` ${family}`)
    ? name.slice(given.length, name.length - family.length).trim()
    : '';
}

/** Items of a list; a plain one is its `value`. */
function listOf(list: unknown): Record<string, unknown>[] {
  return (Array.isArray(list) ? list : []).map((item) =>
    typeof item === 'object' && item !== null ? (item as Record<string, unknown>) : { value: item },
  );
}

function textOf(value: unknown): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}
