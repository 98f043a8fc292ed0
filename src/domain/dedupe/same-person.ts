import { type Agreement, namesAgree } from '../contacts/person-name.js';
import { joinAlike } from './join-alike.js';
import { type Person, type PersonKeys, personReader } from './person.js';
import { UnionFind } from './union-find.js';

/**
 * Which rows are one person. The rule, each step on what the step before has joined:
 *
 * 1. The same only address. Whoever shares it, one letter is enough.
 * 2. An address shared with a row that has further ones, where the names agree or are missing.
 * 3. The same phone, where the names agree.
 * 4. The same phone, where one has no name, and they have no two addresses.
 * 5. The same name and company, where neither addresses nor phones differ.
 * 6. Rows with neither address nor phone that say the same in every cell.
 *
 * Being alike is not transitive: "M. Rossi" agrees with Mario and with Marco, and a row with a name alone fits two
 * namesakes. So from step 2 on, what hangs together is joined only if everyone in it may be one with everyone else;
 * if not, only those equal in the strict sense are, and the one who fits two people stays by himself. And rows under
 * one address whose names disagree are a shared mailbox, not a person: steps 2 to 5 join nothing more to them.
 * The outcome therefore does not depend on the order of the rows.
 *
 * @param include rows to compare; the others stay alone
 */
export function samePersons(keys: PersonKeys, include: (row: number) => boolean): UnionFind {
  const size = keys.emails.length;
  const sets = new UnionFind(size);
  const sharing = (value: (row: number) => string) => rowsSharing(size, include, value);

  joinEqual(
    sets,
    sharing((row) => (keys.emails[row]!.includes('\t') ? '' : keys.emails[row]!)),
  );
  if (keys.emails.some((emails) => emails.includes('\t'))) {
    joinAlike(
      sets,
      sharing((row) => keys.emails[row]!),
      personReader(keys, sets),
      {
        may: (a, b) => namesAgreeAsFarAsKnown(a, b),
        strict: fullestName,
      },
    );
  }
  const byPhone = sharing((row) => keys.phones[row]!);
  joinAlike(sets, byPhone, personReader(keys, sets), {
    may: (a, b) => agreement(a, b) === 'yes',
    strict: fullestName,
  });
  joinAlike(sets, byPhone, personReader(keys, sets), {
    may: (a, b) => agreement(a, b) === 'unknown' && (a.emails.size === 0 || b.emails.size === 0),
    strict: (person) =>
      person.names.size === 0 && person.emails.size === 0 ? 'no more than the number' : undefined,
  });
  const byNameAndCompany = sharing((row) =>
    keys.names[row] === '' || keys.companies[row] === '' ? '' : `${keys.names[row]}\n${keys.companies[row]}`,
  );
  joinAlike(sets, byNameAndCompany, personReader(keys, sets), {
    may: (a, b) => !differ(a.emails, b.emails) && !differ(a.phones, b.phones) && agreement(a, b) === 'yes',
    strict: (person) =>
      person.emails.size === 0 && person.phones.size === 0 ? 'no more than the name' : undefined,
  });
  joinEqual(
    sets,
    sharing((row) => keys.bare[row]!),
  );
  return sets;
}

/**
 * Rows that share a value, for the values that more than one row has.
 * @param value one or several joined by tabs; empty for none
 */
function rowsSharing(
  size: number,
  include: (row: number) => boolean,
  value: (row: number) => string,
): number[][] {
  const first = new Map<string, number>();
  const shared = new Map<string, number[]>();
  const note = (key: string, row: number) => {
    const before = first.get(key);
    if (before === undefined) first.set(key, row);
    else if (before !== row) {
      const rows = shared.get(key);
      if (rows === undefined) shared.set(key, [before, row]);
      else if (rows.at(-1) !== row) rows.push(row);
    }
  };
  for (let row = 0; row < size; row++) {
    if (!include(row)) continue;
    const text = value(row);
    if (text === '') continue;
    if (!text.includes('\t')) note(text, row);
    else for (const key of text.split('\t')) note(key, row);
  }
  return [...shared.values()];
}

function joinEqual(sets: UnionFind, shared: readonly number[][]): void {
  for (const [first, ...others] of shared) for (const row of others) sets.union(first!, row);
}

function agreement(a: Person, b: Person): Agreement {
  if (a.names.size === 0 || b.names.size === 0) return 'unknown';
  for (const left of a.names) for (const right of b.names) if (namesAgree(left, right) === 'no') return 'no';
  return 'yes';
}

function namesAgreeAsFarAsKnown(a: Person, b: Person): boolean {
  return agreement(a, b) !== 'no';
}

/** Two sets differ when each says something and they have nothing in common. */
function differ(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size === 0 || b.size === 0) return false;
  for (const value of a) if (b.has(value)) return false;
  return true;
}

function fullestName(person: Person): string | undefined {
  let fullest = '';
  for (const name of person.names) {
    if (name.length > fullest.length || (name.length === fullest.length && name < fullest)) fullest = name;
  }
  return fullest === '' ? undefined : fullest;
}
