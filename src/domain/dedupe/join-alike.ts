import type { Person } from './person.js';
import { UnionFind } from './union-find.js';

export interface Likeness {
  /** Whether two may be one person; need not be transitive. */
  may: (a: Person, b: Person) => boolean;
  /** Those with an equal value are one person even where others fit several; transitive by its nature. */
  strict: (person: Person) => string | undefined;
}

/** More than this share one value only at a switchboard or in a form's placeholder; comparing all pairs ends here. */
const crowd = 20;

/**
 * Joins the people among rows that share a value and are alike. What hangs together by likeness is joined whole only
 * if all of it is alike pair by pair; if not, only what is strictly equal is.
 * @param shared groups of rows that share a value
 */
export function joinAlike(
  sets: UnionFind,
  shared: readonly number[][],
  person: (root: number) => Person,
  likeness: Likeness,
): void {
  // The people stay as they were before this step, whichever group is looked at first.
  const groups: Person[][] = [];
  const positions = new Map<number, number>();
  const people: Person[] = [];
  for (const rows of shared) {
    const roots = new Set(rows.map((row) => sets.find(row)));
    if (roots.size < 2) continue;
    const group = [...roots].map(person).filter((each) => !each.sharedMailbox);
    if (group.length < 2) continue;
    groups.push(group);
    for (const each of group) {
      if (positions.has(each.root)) continue;
      positions.set(each.root, people.length);
      people.push(each);
    }
  }
  const position = (each: Person) => positions.get(each.root)!;
  const links = new UnionFind(people.length);
  for (const group of groups) {
    if (group.length > crowd)
      eachStrictPair(group, likeness, (a, b) => links.union(position(a), position(b)));
    else eachPair(group, (a, b) => likeness.may(a, b) && links.union(position(a), position(b)));
  }
  const components = new Map<number, Person[]>();
  for (const each of people) {
    const root = links.find(position(each));
    const members = components.get(root);
    if (members === undefined) components.set(root, [each]);
    else members.push(each);
  }
  const whole = new Set<number>();
  for (const [root, members] of components) {
    if (members.length < 2 || !allAlike(members, likeness)) continue;
    whole.add(root);
    for (const each of members) sets.union(members[0]!.root, each.root);
  }
  for (const group of groups) {
    const rest = group.filter((each) => !whole.has(links.find(position(each))));
    eachStrictPair(rest, likeness, (a, b) => sets.union(a.root, b.root));
  }
}

function allAlike(people: readonly Person[], likeness: Likeness): boolean {
  if (people.length > crowd) return false;
  return people.every((person, i) => people.slice(i + 1).every((other) => likeness.may(person, other)));
}

function eachPair(people: readonly Person[], act: (a: Person, b: Person) => unknown): void {
  for (let i = 0; i < people.length; i++) {
    for (let j = i + 1; j < people.length; j++) act(people[i]!, people[j]!);
  }
}

function eachStrictPair(
  people: readonly Person[],
  likeness: Likeness,
  act: (a: Person, b: Person) => unknown,
): void {
  const first = new Map<string, Person>();
  for (const person of people) {
    const key = likeness.strict(person);
    if (key === undefined) continue;
    const before = first.get(key);
    if (before === undefined) first.set(key, person);
    else act(before, person);
  }
}
