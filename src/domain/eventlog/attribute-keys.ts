import { foldText } from '../contacts/person-name.js';

/** Before the names of what is said of a case as a whole. */
export const ofCase = 'case:';

/** Keys that mean something in the entries of a history, and one that JavaScript has in every object. */
const reserved = [
  'at',
  'by',
  'from',
  'to',
  'why',
  'activity',
  'owner',
  'office',
  'asked',
  'level',
  'notify',
  'constructor',
];

/**
 * The keys under which records keep columns: names in snake case, `org:group` as `org_group`. Names that come to the
 * same key, and keys that mean something else in a history, get a number: `variant`, `variant_2`. What a case and its events
 * say under one name, `case:product` and `product`, is one attribute.
 * @returns a key for each name; undefined for a column without a name
 */
export function attributeKeys(names: readonly string[]): (string | undefined)[] {
  const taken = new Set(reserved);
  // A name that is such a key already keeps it: of "variant 2" and a second "variant" the latter makes room.
  const exact = new Set(names.filter((name) => keyOf(name) === name));
  const shared = new Map<string, string>();
  return names.map((name, i) => {
    if (name.trim() === '') return undefined;
    const other = name.startsWith(ofCase) ? name.slice(ofCase.length) : `${ofCase}${name}`;
    const known = shared.get(other);
    if (known !== undefined) return known;
    // A name in another script leaves nothing.
    const plain = keyOf(name) || `column_${i + 1}`;
    let key = plain;
    for (let n = 2; taken.has(key) || (key !== name && exact.has(key) && key !== other); n++)
      key = `${plain}_${n}`;
    taken.add(key);
    shared.set(name, key);
    return key;
  });
}

function keyOf(name: string): string {
  const spaced = (name.startsWith(ofCase) ? name.slice(ofCase.length) : name).replace(
    /([a-z])([A-Z])/g,
    '$1 $2',
  );
  const key = foldText(spaced)
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^\d/.test(key) ? `x_${key}` : key;
}
