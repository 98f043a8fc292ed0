import type { Contact } from '../contacts/contact.js';
import { type AddressRules, addressesOf, type ContactAddresses } from './addresses.js';

/** A contact of the audience. */
export interface Candidate {
  id: string;
  ref: string;
  data: Contact;
  /** Contacts that were merged into this one: what was said under them counts, and none is written to. */
  merged?: readonly { data: Contact; at: string | undefined }[];
}

export interface Member extends Candidate {
  addresses: ContactAddresses;
}

/** The contacts that are one human being, by id. Everything said by or to one of them counts for all. */
export type Person = Member[];

/**
 * Groups candidates into persons: two are the same person where the address one would be written at
 * is an address of the other. A shared address that is nobody's best (the info@ of a company) joins nobody.
 * @param candidates in any order; a contact given twice counts once
 * @param closed tells of a canonical address that nothing may go to
 * @returns persons in the order of their first id
 */
export function groupPersons(
  candidates: Iterable<Candidate>,
  rules: AddressRules,
  closed: (address: string) => boolean,
): Person[] {
  const members = [...candidates]
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .filter(({ id }, index, all) => all[index + 1]?.id !== id)
    .map((candidate): Member => ({ ...candidate, addresses: addressesOfAll(candidate, rules, closed) }));

  const parent = members.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const join = (a: number, b: number) => {
    const [first, second] = [root(a), root(b)].sort((x, y) => x - y) as [number, number];
    parent[second] = first;
  };

  const best = new Map<string, number>();
  members.forEach((member, index) => {
    for (const address of member.addresses.best) {
      const other = best.get(address);
      if (other === undefined) best.set(address, index);
      else join(other, index);
    }
  });
  members.forEach((member, index) => {
    for (const address of member.addresses.all) {
      const other = best.get(address);
      if (other !== undefined) join(other, index);
    }
  });

  const persons = new Map<number, Person>();
  members.forEach((member, index) => {
    const key = root(index);
    const person = persons.get(key);
    if (person) person.push(member);
    else persons.set(key, [member]);
  });
  return [...persons.values()];
}

/** The addresses of a contact, and among those on file the ones of what was merged into it. */
function addressesOfAll(
  { data, merged }: Candidate,
  rules: AddressRules,
  closed: (address: string) => boolean,
): ContactAddresses {
  const { all, ...own } = addressesOf(data, rules, closed);
  if (!merged) return { ...own, all };
  const others = merged.flatMap((one) => addressesOf(one.data, rules, closed).all);
  return { ...own, all: [...new Set([...all, ...others])] };
}
