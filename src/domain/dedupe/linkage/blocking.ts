import type { Field, Table } from './table.js';
import { soundOf } from './table.js';

/** One way of finding pairs worth comparing: rows that share a key. */
export interface BlockingRule {
  name: string;
  /** The key of each row; 0 where it has none. */
  keys: Int32Array;
}

export interface BlockingReport {
  rule: string;
  /** Blocks of two rows and more. */
  blocks: number;
  /** Pairs that this rule adds to those before it. */
  pairs: number;
  /** Blocks larger than the limit, that were cut by a second key, and rows in parts that were still too large. */
  cut: number;
  left: number;
}

/** Hashes a text to 31 bits (FNV-1a with a final mix); never 0. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return hash & 0x7fffffff || 1;
}

/** The key of each value of a field, worked out once a value. */
function perValue(field: Field, key: (value: string, number: number) => string): Int32Array {
  return Int32Array.from(field.values, (value, i) => {
    const text = key(value, i);
    return text === '' ? 0 : hashOf(text);
  });
}

function rule(name: string, rows: number, key: (row: number) => number): BlockingRule {
  const keys = new Int32Array(rows);
  for (let row = 0; row < rows; row++) keys[row] = key(row);
  return { name, keys };
}

const mix = (a: number, b: number): number => {
  if (a === 0 || b === 0) return 0;
  const hash = Math.imul(a ^ (b >>> 7), 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return hash & 0x7fffffff || 1;
};

/** The rules that the fields at hand allow. */
export function blockingRules(table: Table): BlockingRule[] {
  const { rows, fields } = table;
  const rules: BlockingRule[] = [];
  const by =
    (field: Field, keys: Int32Array, column = 0) =>
    (row: number) => {
      const value = field.columns[column]![row]!;
      return value < 0 ? 0 : keys[value]!;
    };
  const add = (name: string, key: (row: number) => number) => rules.push(rule(name, rows, key));
  const all = (kind: Field['kind']) => fields.filter((field) => field.kind === kind);
  const one = (kind: Field['kind']) => all(kind)[0];
  const exact = (field: Field) =>
    by(
      field,
      perValue(field, (value) => value),
    );

  for (const field of fields) {
    if (['email', 'phone', 'identifier', 'date', 'domain'].includes(field.kind)) {
      const keys = perValue(field, (value) => (field.kind === 'phone' ? value.slice(-9) : value));
      const alike = hashOf(field.plan.name);
      for (const column of field.columns.keys()) {
        const of = by(field, keys, column);
        add(field.plan.name, (row) => mix(of(row), alike));
      }
      if (field.columns.length > 1) {
        // A number may stand in one column here and in the other there.
        const first = by(field, keys, 0);
        const second = by(field, keys, 1);
        add(`${field.plan.name}, across`, (row) => first(row) || second(row));
      }
    }
    if (field.kind === 'email') {
      add(
        'e-mail before the @',
        by(
          field,
          perValue(field, (value) => value.slice(0, value.lastIndexOf('@'))),
        ),
      );
    }
    if (field.kind === 'phone') {
      add(
        'last seven digits',
        by(
          field,
          perValue(field, (value) => value.slice(-7)),
        ),
      );
    }
  }
  const given = one('given_name');
  const family = one('family_name');
  const date = one('date');
  const postal = one('postal_code');
  const locality = one('locality');
  const street = one('street');
  if (given && family) {
    const g = exact(given);
    const f = exact(family);
    const gSound = by(
      given,
      perValue(given, (value) => `s${soundOf(value)}`),
    );
    const fSound = by(
      family,
      perValue(family, (value) => `s${soundOf(value)}`),
    );
    const gFirst = by(
      given,
      perValue(given, (value) => value.slice(0, 1)),
    );
    const either = (a: number, b: number) => (a < b ? mix(a, b) : mix(b, a));
    add('names in either order', (row) => either(g(row), f(row)));
    add('names by sound', (row) => either(gSound(row), fSound(row)));
    add('family name', f);
    add('family name by sound', fSound);
    add('given name', g);
    add('given name by sound', gSound);
    add('family name by its first letters + initial', (row) =>
      mix(by(family, perFirst(family))(row), gFirst(row)),
    );
    if (date) {
      const year = by(
        date,
        perValue(date, (value) => value.slice(0, 4)),
      );
      add('given name + year', (row) => mix(g(row), year(row)));
      add('family name + year', (row) => mix(f(row), year(row)));
    }
    if (postal) {
      const p = exact(postal);
      add('postal code + initial', (row) => mix(p(row), gFirst(row)));
      add('postal code + family name by sound', (row) => mix(p(row), fSound(row)));
    }
    if (locality) {
      const l = exact(locality);
      add('locality + family name by sound', (row) => mix(l(row), fSound(row)));
      add('locality + given name', (row) => mix(l(row), g(row)));
    }
  }
  if (date) {
    const swapped = perValue(date, (value) =>
      value.length === 8 ? `${value.slice(0, 4)}${[value.slice(4, 6), value.slice(6)].sort().join('')}` : '',
    );
    add('date, day and month in either order', by(date, swapped));
  }
  if (street) {
    const keys = perValue(street, (value) => value.split(' ').slice(0, 3).join(' '));
    add('street', by(street, keys));
    if (postal) {
      const p = exact(postal);
      const number = by(
        street,
        perValue(street, (value) => /\d+/.exec(value)?.[0] ?? ''),
      );
      add('house number + postal code', (row) => mix(number(row), p(row)));
    }
  }
  for (const field of [...all('company'), ...all('name'), ...all('street')]) {
    // The rarest words of a text are what tells it from others.
    for (const rank of [0, 1, 2]) {
      const keys = perValue(field, (_, i) => rarestWord(field, i, rank));
      add(`${field.plan.name}: ${['rarest', 'second', 'third'][rank]} word`, by(field, keys));
    }
    const first = perValue(field, (value) => soundOf(value.split(' ')[0] ?? ''));
    const sorted = perValue(field, (_, i) =>
      Array.from(field.words![i]!, (word) => soundOf(field.wordTexts[word]!))
        .sort()
        .join(' '),
    );
    add(`${field.plan.name} by sound`, by(field, sorted));
    if (postal) {
      const p = exact(postal);
      add(`${field.plan.name}: first word + postal code`, (row) => mix(by(field, first)(row), p(row)));
    }
    if (locality) {
      const l = exact(locality);
      add(`${field.plan.name}: first word + locality`, (row) => mix(by(field, first)(row), l(row)));
    }
  }
  return rules;
}

function perFirst(field: Field): Int32Array {
  return perValue(field, (value) => `p${value.slice(0, 4)}`);
}

function rarestWord(field: Field, value: number, rank: number): string {
  const words = [...field.words![value]!].sort(
    (a, b) =>
      field.wordCounts[a]! - field.wordCounts[b]! || (field.wordTexts[a]! < field.wordTexts[b]! ? -1 : 1),
  );
  const word = words[rank];
  return word === undefined ? '' : `w${field.wordTexts[word]}`;
}

/** The largest block of which all pairs are compared. */
const largestBlock = 400;

/**
 * Tells all pairs that share a key by any rule, each once: the first rule that finds a pair tells it. A block above the
 * limit is cut by the keys of the other rules.
 */
export function eachPair(
  table: Table,
  rules: readonly BlockingRule[],
  take: (a: number, b: number) => void,
  begin?: (rule: number) => void,
): BlockingReport[] {
  const { rows, second } = table;
  const reports: BlockingReport[] = [];
  // Whether the rows of a key make a block that was compared whole, by rule: then later rules need not tell its pairs.
  const whole: Uint8Array[] = [];
  const order = new Int32Array(rows);
  for (const [r, { name, keys }] of rules.entries()) {
    begin?.(r);
    const report: BlockingReport = { rule: name, blocks: 0, pairs: 0, cut: 0, left: 0 };
    const small = new Uint8Array(rows);
    let count = 0;
    for (let row = 0; row < rows; row++) if (keys[row] !== 0) order[count++] = row;
    const used = order.subarray(0, count);
    used.sort((a, b) => keys[a]! - keys[b]! || a - b);
    const told = (a: number, b: number): boolean => {
      for (let earlier = 0; earlier < r; earlier++) {
        if (rules[earlier]!.keys[a] === rules[earlier]!.keys[b] && whole[earlier]![a] === 1) return true;
      }
      return false;
    };
    const compareAll = (block: Int32Array) => {
      for (let i = 0; i < block.length; i++) {
        const a = block[i]!;
        for (let j = i + 1; j < block.length; j++) {
          const b = block[j]!;
          if (second !== undefined && a < second === b < second) continue;
          if (told(a, b)) continue;
          report.pairs++;
          take(a, b);
        }
      }
    };
    for (let start = 0; start < count; ) {
      let end = start + 1;
      while (end < count && keys[used[end]!] === keys[used[start]!]) end++;
      if (end - start > 1) {
        report.blocks++;
        const block = used.slice(start, end);
        if (block.length <= largestBlock) {
          for (const row of block) small[row] = 1;
          compareAll(block);
        } else report.cut++;
      }
      start = end;
    }
    whole.push(small);
    reports.push(report);
  }
  return reports;
}
