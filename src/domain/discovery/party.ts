import { hostOf } from '../companies/domain-name.js';
import { vatKey } from '../companies/vat-number.js';
import { foldPersonName } from '../contacts/person-name.js';
import { comparable } from '../dedupe/linkage/values.js';
import { idOfRef } from '../records/ids.js';

/** A person or firm, as far as links to others go. */
export interface Party {
  id: string;
  ref: string;
  kind: 'contact' | 'company';
  name: string;
  /** The person's name, folded; empty of a firm. */
  folded: string;
  /** The firm where a person is, or the firm itself; undefined of a person without one. */
  company: string | undefined;
  /** The topmost firm that `company` belongs to: who is in one house is linked already. */
  house: string | undefined;
  /** Firms where the person was before. */
  former: readonly string[];
  /** Hosts of the addresses that take mail, and of those that took it once. */
  hosts: readonly string[];
  bounced: readonly string[];
  /** Domains of a firm. */
  domains: readonly string[];
  phones: readonly string[];
  /** Street and place, as compared; undefined where it is not complete. */
  place: string | undefined;
  vat: string | undefined;
  /** What only this person should have: addresses and external identifiers. */
  own: readonly string[];
  /** When the person was met, ISO 8601; empty where that is not on file. */
  met: string;
}

export interface Row {
  id: string;
  ref: string;
  kind: 'contact' | 'company';
  name: string;
  data: Readonly<Record<string, unknown>>;
  /** Telephone numbers as compared. */
  phones: readonly string[];
}

/**
 * @param survivorOf the id that an id means: of a merged record its survivor's
 * @param houseOf the topmost firm of a firm, by ids
 * @param country ISO 3166-1 alpha-2, of VAT numbers without one
 */
export function partyOf(
  { id, ref, kind, name, data, phones }: Row,
  survivorOf: (id: string) => string,
  houseOf: (id: string) => string,
  country: string | undefined,
): Party {
  const isContact = kind === 'contact';
  const idIn = (value: unknown) => {
    const found = typeof value === 'string' ? idOfRef(value) : undefined;
    return found === undefined ? undefined : survivorOf(found);
  };
  const company = isContact ? idIn(data.company) : id;
  const emails = isContact ? maps(data.emails, 'address') : [];
  const hostsOf = (invalid: boolean) => [
    ...new Set(emails.filter((one) => (one.invalid === true) === invalid).flatMap(hostOfAddress)),
  ];
  const [address] = maps(data.addresses, 'street');
  return {
    id,
    ref,
    kind,
    name,
    folded: isContact ? foldPersonName(name) : '',
    company,
    house: company === undefined ? undefined : houseOf(company),
    former: isContact ? maps(data.positions, 'company').flatMap((one) => idIn(one.company) ?? []) : [],
    hosts: hostsOf(false),
    bounced: hostsOf(true),
    domains: isContact
      ? []
      : [...new Set(maps(data.domains, 'domain').map((one) => hostOf(textOf(one.domain))))],
    phones,
    place: placeOf(address ?? {}),
    vat:
      isContact || textOf(data.vat) === ''
        ? undefined
        : vatKey(textOf(data.vat), textOf(address?.country) || country),
    own: isContact
      ? [...emails.map((one) => `emails ${textOf(one.address).toLowerCase()}`), ...identifiersOf(data)]
      : [],
    met: textOf((data.source as { at?: unknown } | undefined)?.at),
  };
}

function hostOfAddress({ address }: Record<string, unknown>): string[] {
  const text = textOf(address).trim().toLowerCase();
  const host = text.slice(text.lastIndexOf('@') + 1);
  return text.includes('@') && host.includes('.') ? [host] : [];
}

function placeOf(address: Record<string, unknown>): string | undefined {
  const street = comparable('street', textOf(address.street), undefined);
  const code = comparable('postal_code', textOf(address.postal_code), undefined);
  const locality = comparable('locality', textOf(address.locality), undefined);
  return street === '' || (code === '' && locality === '') ? undefined : `${street}, ${code || locality}`;
}

function identifiersOf({ identifiers }: Readonly<Record<string, unknown>>): string[] {
  if (typeof identifiers !== 'object' || identifiers === null) return [];
  return Object.entries(identifiers).map(
    ([key, value]) => `identifiers.${key} ${textOf(value).toLowerCase()}`,
  );
}

/** A list whose items are texts, or maps that hold the text by a key. */
function maps(value: unknown, key: string): Record<string, unknown>[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    if (typeof item === 'string') return [{ [key]: item }];
    return typeof item === 'object' && item !== null ? [item as Record<string, unknown>] : [];
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
