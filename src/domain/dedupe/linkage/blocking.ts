import { type BlockingRule, both } from './blocking-rules.js';
import type { Table } from './table.js';

/** What one blocking rule found. */
export interface BlockingReport {
  rule: string;
  /** Blocks of two rows and more that were compared whole. */
  blocks: number;
  /** Pairs that this rule adds to those before it. */
  pairs: number;
  /** Blocks that were too large, and were cut by a second key. */
  cut: number;
  /** Rows of theirs that no second key made comparable: by this rule they were left out. */
  left: number;
}

/** One of several equal parts of the work. */
export interface Share {
  /** From 0. */
  part: number;
  of: number;
}

/** Blocks up to this many rows are compared whole, where the rule's share of the work allows it. */
const largestBlock = 400;
/** So many pairs a rule may add for each row of the list, and in a short list altogether. */
const pairsPerRow = 4;
const pairsAnyway = 500_000;

/**
 * Tells all pairs that share a key by any rule, each once: the first rule that finds a pair tells it. Where a rule would
 * find more pairs than its share, its largest blocks are cut by a second key.
 * @param share tells the pairs of some of the blocks only; the reports count the pairs told
 * @param progress told how far the work is, 0 to 1
 */
export function eachPair(
  table: Table,
  { rules, cutters }: { rules: readonly BlockingRule[]; cutters: readonly BlockingRule[] },
  take: (a: number, b: number) => void,
  { part, of }: Share = { part: 0, of: 1 },
  progress?: (done: number) => void,
): BlockingReport[] {
  const { rows, second } = table;
  const reports: BlockingReport[] = [];
  const done: BlockingRule[] = [];
  // By rule, the rows whose block was compared whole: later rules need not tell its pairs again.
  const whole: Uint8Array[] = [];
  const order = new Int32Array(rows);
  const told = (a: number, b: number, before: number): boolean => {
    for (let r = 0; r < before; r++) {
      const keys = done[r]!.keys;
      if (keys[a] === keys[b] && whole[r]![a] === 1) return true;
    }
    return false;
  };
  const runRule = (one: BlockingRule): Int32Array => {
    const { name, keys } = one;
    const report: BlockingReport = { rule: name, blocks: 0, pairs: 0, cut: 0, left: 0 };
    const position = done.length;
    done.push(one);
    const within = new Uint8Array(rows);
    whole.push(within);
    let count = 0;
    for (let row = 0; row < rows; row++) if (keys[row] !== 0) order[count++] = row;
    const used = sortByKey(order.subarray(0, count), keys);
    const limit = blockLimit(used, keys, rows);
    const oversized: number[] = [];
    for (let start = 0; start < count; ) {
      const key = keys[used[start]!]!;
      let end = start + 1;
      while (end < count && keys[used[end]!] === key) end++;
      const size = end - start;
      if (size > limit) {
        report.cut++;
        for (let i = start; i < end; i++) oversized.push(used[i]!);
      } else if (size > 1) {
        const mine = report.blocks++ % of === part;
        for (let i = start; mine && i < end; i++) {
          const a = used[i]!;
          for (let j = i + 1; j < end; j++) {
            const b = used[j]!;
            if (second !== undefined && a < second === b < second) continue;
            if (told(a, b, position)) continue;
            report.pairs++;
            take(a, b);
          }
        }
        for (let i = start; i < end; i++) within[used[i]!] = 1;
      }
      start = end;
    }
    reports.push(report);
    return Int32Array.from(oversized);
  };
  for (const [i, one] of rules.entries()) {
    progress?.(i / rules.length);
    const oversized = runRule(one);
    if (oversized.length === 0) continue;
    const report = reports.at(-1)!;
    const keys = new Int32Array(rows);
    for (const row of oversized) keys[row] = one.keys[row]!;
    const open = new Set(oversized);
    for (const cutter of cutters) {
      if (one.fields.includes(cutter.fields[0]!)) continue;
      const parts = both({ ...one, keys }, cutter);
      const still = new Set(runRule(parts));
      for (const row of oversized) if (parts.keys[row] !== 0 && !still.has(row)) open.delete(row);
    }
    report.left = open.size;
  }
  return reports;
}

/** Rows in the order of their keys, of one key in their own order. */
function sortByKey(used: Int32Array, keys: Int32Array): Int32Array {
  // Key and row in one number: sorting numbers costs a fraction of sorting by a function.
  const packed = new Float64Array(used.length);
  for (let i = 0; i < used.length; i++) packed[i] = keys[used[i]!]! * 0x400000 + used[i]!;
  packed.sort();
  for (let i = 0; i < used.length; i++) used[i] = packed[i]! % 0x400000;
  return used;
}

/** The size of the largest blocks that are compared whole. */
function blockLimit(used: Int32Array, keys: Int32Array, rows: number): number {
  const bySize = new Float64Array(largestBlock + 1);
  for (let start = 0; start < used.length; ) {
    let end = start + 1;
    while (end < used.length && keys[used[end]!] === keys[used[start]!]) end++;
    const size = end - start;
    if (size <= largestBlock) bySize[size]! += (size * (size - 1)) / 2;
    start = end;
  }
  const share = Math.max(pairsAnyway, rows * pairsPerRow);
  let pairs = 0;
  for (let size = 2; size <= largestBlock; size++) {
    pairs += bySize[size]!;
    if (pairs > share) return Math.max(2, size - 1);
  }
  return largestBlock;
}
