import { namesAgree } from '../contacts/person-name.js';
import type { UnionFind } from './union-find.js';

/**
 * The keys of many rows, column by column: a million rows are a handful of arrays and not a million objects.
 * Several addresses or numbers of one row are joined by tabs.
 */
export interface PersonKeys {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** As `foldPersonName` gives them. */
  readonly names: readonly string[];
  /** As `foldCompanyName` gives them. */
  readonly companies: readonly string[];
  /** For rows with neither address nor number, what else they say. */
  readonly bare: readonly string[];
}

/** What the rows joined so far say about one person. */
export interface Person {
  /** The set's least row. */
  root: number;
  emails: Set<string>;
  phones: Set<string>;
  names: Set<string>;
  /** Its names disagree: several people behind one address. */
  sharedMailbox: boolean;
}

/** One person is written in a few ways; beyond this many names an address is a shared one. */
const mostNames = 20;

/** Gathers what the rows of a set say, as the sets stand now. */
export function personReader(keys: PersonKeys, sets: UnionFind): (root: number) => Person {
  const members = new Map<number, number[]>();
  for (let row = 0; row < keys.emails.length; row++) {
    const root = sets.find(row);
    if (root === row) continue;
    const rows = members.get(root);
    if (rows === undefined) members.set(root, [row]);
    else rows.push(row);
  }
  const known = new Map<number, Person>();
  return (root) => {
    let person = known.get(root);
    if (person === undefined) {
      person = personOf(keys, root, members.get(root) ?? []);
      known.set(root, person);
    }
    return person;
  };
}

function personOf(keys: PersonKeys, root: number, others: readonly number[]): Person {
  const emails = new Set<string>();
  const phones = new Set<string>();
  const names = new Set<string>();
  const add = (row: number) => {
    for (const email of keys.emails[row]!.split('\t')) if (email !== '') emails.add(email);
    for (const phone of keys.phones[row]!.split('\t')) if (phone !== '') phones.add(phone);
    if (keys.names[row] !== '') names.add(keys.names[row]!);
  };
  add(root);
  for (const row of others) add(row);
  return { root, emails, phones, names, sharedMailbox: disagree([...names]) };
}

function disagree(names: readonly string[]): boolean {
  if (names.length > mostNames) return true;
  return names.some((name, i) => names.slice(i + 1).some((other) => namesAgree(name, other) === 'no'));
}
