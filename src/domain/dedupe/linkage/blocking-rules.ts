import { type Field, soundOf, type Table } from './table.js';

/** A way of finding pairs worth comparing: rows that share a key. */
export interface BlockingRule {
  name: string;
  /** The fields that the key is made of. */
  fields: readonly Field[];
  /** The key of each row; 0 where it has none. */
  keys: Int32Array;
}

/** Hashes a text to 31 bits (FNV-1a with a final mix); never 0. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return hash & 0x7fffffff || 1;
}

/** Two keys as one; 0 where one is missing. */
function mix(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  const hash = Math.imul(a ^ (b >>> 7), 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return hash & 0x7fffffff || 1;
}

/** A rule by what a value of a field comes to, worked out once a value; empty for no key. */
function by(
  name: string,
  field: Field,
  key: (value: string, number: number) => string,
  column = 0,
): BlockingRule {
  const ofValue = Int32Array.from(field.values, (value, i) => {
    const text = key(value, i);
    return text === '' ? 0 : hashOf(text);
  });
  const keys = Int32Array.from(field.columns[column]!, (value) => (value < 0 ? 0 : ofValue[value]!));
  return { name, fields: [field], keys };
}

/** Rows that share the keys of both rules. */
export function both(
  one: BlockingRule,
  other: BlockingRule,
  name = `${one.name} + ${other.name}`,
): BlockingRule {
  return {
    name,
    fields: [...one.fields, ...other.fields],
    keys: Int32Array.from(one.keys, (key, row) => mix(key, other.keys[row]!)),
  };
}

/** Rows that share the keys of both rules, straight or crosswise. */
function eitherOrder(one: BlockingRule, other: BlockingRule, name: string): BlockingRule {
  const keys = Int32Array.from(one.keys, (key, row) => {
    const second = other.keys[row]!;
    return key < second ? mix(key, second) : mix(second, key);
  });
  return { name, fields: [...one.fields, ...other.fields], keys };
}

const itself = (value: string) => value;
const sound = (value: string) => `s${soundOf(value)}`;

/** The word of a text that fewest others have, or the next ones after it: what tells it from others. */
function rarestWord(field: Field, value: number, rank: number): string {
  const words = [...field.words![value]!].sort(
    (a, b) =>
      field.wordCounts[a]! - field.wordCounts[b]! || (field.wordTexts[a]! < field.wordTexts[b]! ? -1 : 1),
  );
  const word = words[rank];
  return word === undefined ? '' : `w${field.wordTexts[word]}`;
}

/** The rules that the fields at hand allow, the most telling first, and the keys by which their largest blocks are cut. */
export function blockingRules({ fields }: Table): { rules: BlockingRule[]; cutters: BlockingRule[] } {
  const all = (...kinds: Field['kind'][]) => fields.filter(({ kind }) => kinds.includes(kind));
  const [given, family, date, postal, locality, street] = (
    ['given_name', 'family_name', 'date', 'postal_code', 'locality', 'street'] as const
  ).map((kind) => all(kind)[0]);
  const rules: BlockingRule[] = [];
  for (const field of all('email', 'phone', 'identifier', 'domain', 'date')) rules.push(...byOwnValue(field));
  if (given && family) rules.push(...byNames(given, family, date, [postal, locality]));
  if (date) rules.push(by(`${date.plan.name}, day and month in either order`, date, eitherDate));
  if (street) rules.push(...byStreet(street, postal));
  for (const field of all('company', 'name')) rules.push(...byWords(field, [postal, locality]));
  const cutters = [
    date && by(date.plan.name, date, itself),
    postal && by(postal.plan.name, postal, itself),
    locality && by(locality.plan.name, locality, itself),
    given && by(given.plan.name, given, sound),
    family && by(family.plan.name, family, sound),
    street && by(street.plan.name, street, (_, i) => rarestWord(street, i, 0)),
    ...all('phone').map((phone) => by(phone.plan.name, phone, (value) => value.slice(-7))),
  ];
  return { rules, cutters: cutters.filter((cutter) => cutter !== undefined) };
}

function byOwnValue(field: Field): BlockingRule[] {
  const { name } = field.plan;
  const key = field.kind === 'phone' ? (value: string) => value.slice(-9) : itself;
  const rules = field.columns.map((_, column) => by(name, field, key, column));
  if (rules.length > 1) {
    // A number may stand in one column here and in another there: of several, the one that others have too.
    const keys = Int32Array.from(field.columns[0]!, (_, row) => {
      const shared = field.columns.findIndex(
        (column) => column[row]! >= 0 && field.counts[column[row]!]! > 1,
      );
      return shared < 0 ? 0 : rules[shared]!.keys[row]!;
    });
    rules.push({ name: `${name}, in whichever column`, fields: [field], keys });
  }
  if (field.kind === 'email')
    rules.push(by('e-mail before the @', field, (value) => value.slice(0, value.lastIndexOf('@'))));
  if (field.kind === 'phone') rules.push(by('last seven digits', field, (value) => value.slice(-7)));
  return rules;
}

function byNames(
  given: Field,
  family: Field,
  date: Field | undefined,
  places: readonly (Field | undefined)[],
): BlockingRule[] {
  const g = by('given name', given, itself);
  const f = by('family name', family, itself);
  const gSound = by('given name by sound', given, sound);
  const fSound = by('family name by sound', family, sound);
  const initial = by('initial', given, (value) => value.slice(0, 1));
  const rules = [
    eitherOrder(g, f, 'names in either order'),
    eitherOrder(gSound, fSound, 'names by sound, in either order'),
    f,
    fSound,
    g,
    gSound,
    both(
      by('beginning of the family name', family, (value) => value.slice(0, 4)),
      initial,
    ),
  ];
  if (date) {
    const year = by('year', date, (value) => value.slice(0, 4));
    rules.push(both(g, year), both(f, year));
  }
  for (const place of places) {
    if (!place) continue;
    const there = by(place.plan.name, place, itself);
    rules.push(both(there, fSound), both(there, g), both(there, initial));
  }
  return rules;
}

function eitherDate(value: string): string {
  return value.length === 8
    ? `${value.slice(0, 4)}${[value.slice(4, 6), value.slice(6)].sort().join('')}`
    : '';
}

function byStreet(street: Field, postal: Field | undefined): BlockingRule[] {
  const rules = [
    by('street', street, (value) => value.split(' ').slice(0, 3).join(' ')),
    by('street: rarest word', street, (_, i) => rarestWord(street, i, 0)),
    by('street by sound', street, (_, i) => soundsOf(street, i)),
  ];
  if (postal) {
    const number = by('house number', street, (value) => /\d+/.exec(value)?.[0] ?? '');
    rules.push(both(number, by(postal.plan.name, postal, itself)));
  }
  return rules;
}

function byWords(field: Field, places: readonly (Field | undefined)[]): BlockingRule[] {
  const { name } = field.plan;
  const rules = ['rarest', 'second rarest', 'third rarest'].map((which, rank) =>
    by(`${name}: ${which} word`, field, (_, i) => rarestWord(field, i, rank)),
  );
  rules.push(by(`${name} by sound`, field, (_, i) => soundsOf(field, i)));
  const first = by(`${name}: first word`, field, (value) => soundOf(value.split(' ')[0] ?? ''));
  for (const place of places) if (place) rules.push(both(first, by(place.plan.name, place, itself)));
  return rules;
}

/** How the words of a text sound, in any order. */
function soundsOf(field: Field, value: number): string {
  return Array.from(field.words![value]!, (word) => soundOf(field.wordTexts[word]!))
    .sort()
    .join(' ');
}
