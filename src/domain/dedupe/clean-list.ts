import { namesAgree } from '../contacts/person-name.js';
import { joinLinked } from './join-linked.js';
import type { PersonKeys } from './person.js';
import { samePersons } from './same-person.js';
import type { UnionFind } from './union-find.js';

export const removalReasons = [
  'same_email',
  'same_phone',
  'same_name_and_company',
  'identical',
  'same_person',
  'suppressed',
  'blank',
] as const;

export type RemovalReason = (typeof removalReasons)[number];

export type Keep = 'complete' | 'first' | 'last';

/** The rows of a list, column by column, in the order of the file. */
export interface ListKeys extends PersonKeys {
  /** Cells that hold something; a row of none is blank. */
  readonly filled: ArrayLike<number>;
}

export interface CleanOptions {
  /** Which row of a person stays: the most complete (the first of several), the first, or the last. */
  keep: Keep;
  /** Why an address must not be written to; undefined if it may. Asked with canonical addresses. */
  suppressed?: ((canonical: string) => string | undefined) | undefined;
  /** The cluster of each row by record linkage: its rows are one person, too. */
  linked?: ArrayLike<number> | undefined;
}

export interface RemovedRow {
  row: number;
  reason: RemovalReason;
  /** The row that stays in its stead; undefined for blank and suppressed rows. */
  duplicateOf?: number;
  /** The address, number or name by which it was found, in the form that was compared. */
  matched?: string;
}

export interface CleanPlan {
  /** In the order of the file. All other rows stay. */
  removed: RemovedRow[];
  /** For each row that stays in others' stead: those others, in the order of the file. */
  standsFor: Map<number, number[]>;
}

/** Decides which rows of a list stay. Rows = kept + removed. */
export function planCleanList(keys: ListKeys, options: CleanOptions): CleanPlan {
  const size = keys.emails.length;
  const out = new Map<number, RemovedRow>();
  for (let row = 0; row < size; row++) {
    if (keys.filled[row] === 0) out.set(row, { row, reason: 'blank' });
    else if (options.suppressed !== undefined && keys.emails[row] !== '') {
      const matched = keys.emails[row]!.split('\t').find(
        (email) => options.suppressed?.(email) !== undefined,
      );
      if (matched !== undefined) out.set(row, { row, reason: 'suppressed', matched });
    }
  }
  const stays = (row: number) => !out.has(row);
  const sets = samePersons(keys, stays);
  // Who is one person without linkage: only the others are so by it.
  const certain =
    options.linked === undefined ? undefined : Uint32Array.from({ length: size }, (_, row) => sets.find(row));
  if (options.linked !== undefined) joinLinked(sets, keys, options.linked, stays);
  const standsFor = new Map<number, number[]>();
  for (const group of groupsOf(sets, size)) {
    const survivor = survivorOf(group, keys, options.keep);
    const others = group.filter((row) => row !== survivor);
    standsFor.set(survivor, others);
    const evidence = evidenceIn(group, survivor, keys);
    for (const row of others) {
      const linked = certain !== undefined && certain[row] !== certain[survivor];
      const why = linked ? { reason: 'same_person' as const, matched: keys.names[row]! } : evidence(row);
      out.set(row, { row, duplicateOf: survivor, ...why });
    }
  }
  return { removed: [...out.values()].sort((a, b) => a.row - b.row), standsFor };
}

/**
 * Whether an empty cell of one row may be filled from another that it stands for: not where their names disagree,
 * since two people may share an address.
 */
export function mayFill(keys: ListKeys, survivor: number, other: number): boolean {
  return namesAgree(keys.names[survivor]!, keys.names[other]!) !== 'no';
}

function groupsOf(sets: UnionFind, size: number): Iterable<number[]> {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < size; row++) {
    const root = sets.find(row);
    if (root === row) continue;
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [root, row]);
    else group.push(row);
  }
  return groups.values();
}

function survivorOf(group: readonly number[], keys: ListKeys, keep: Keep): number {
  if (keep === 'first') return group[0]!;
  if (keep === 'last') return group.at(-1)!;
  return group.reduce((best, row) => (keys.filled[row]! > keys.filled[best]! ? row : best));
}

/** What links a row to the one that stays; failing that, to any other of the same person. */
function evidenceIn(
  group: readonly number[],
  survivor: number,
  keys: ListKeys,
): (row: number) => { reason: RemovalReason; matched: string } {
  const values: [RemovalReason, (row: number) => string[]][] = [
    ['same_email', (row) => keys.emails[row]!.split('\t')],
    ['same_phone', (row) => keys.phones[row]!.split('\t')],
    [
      'same_name_and_company',
      (row) =>
        keys.names[row] === '' || keys.companies[row] === ''
          ? []
          : [`${keys.names[row]}, ${keys.companies[row]}`],
    ],
  ];
  const counts = values.map(([, of]) => {
    const count = new Map<string, number>();
    for (const row of group) for (const value of of(row)) count.set(value, (count.get(value) ?? 0) + 1);
    return count;
  });
  return (row) => {
    for (const [reason, of] of values) {
      const stays = of(survivor);
      const matched = of(row).find((value) => value !== '' && stays.includes(value));
      if (matched !== undefined) return { reason, matched };
    }
    for (const [i, [reason, of]] of values.entries()) {
      const matched = of(row).find((value) => value !== '' && counts[i]!.get(value)! > 1);
      if (matched !== undefined) return { reason, matched };
    }
    return { reason: 'identical', matched: keys.names[row]! };
  };
}
