import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { isMapping, sameValue } from '../../domain/records/same-value.js';
import { formatEntry, formatFlow, formatItem, formatScalar, isFlow } from './format.js';

interface Splice {
  start: number;
  end: number;
  text: string;
}

/** Thrown inside when a change cannot be made line by line; the whole entry is then written anew. */
export class NeedsRewrite extends Error {}

/** Collects the changes of one front matter, each as the replacement of the lines or the value it must touch. */
export class Splicer {
  private readonly splices: Splice[] = [];

  constructor(
    private readonly source: string,
    private readonly whole: boolean,
  ) {}

  map(
    node: YAMLMap,
    before: Record<string, unknown>,
    after: Record<string, unknown>,
    order: readonly string[] = [],
  ): void {
    const pairs = node.items as Pair<Node, Node | null>[];
    if (Object.keys(after).length === 0 && this.splices.length === 0 && order.length === 0)
      throw new NeedsRewrite();
    const indent = this.columnOf(pairs[0]?.key);
    for (const pair of pairs) {
      const key = keyOf(pair);
      if (!(key in before) && !(key in after)) continue;
      if (!(key in after)) this.splices.push({ ...this.lines(pair), text: '' });
      else if (!(key in before) || !sameValue(before[key], after[key])) {
        this.value(pair, before[key], after[key], indent);
      }
    }
    const present = new Set(pairs.map(keyOf));
    for (const key of Object.keys(after)) {
      if (present.has(key)) continue;
      const at = this.placeFor(key, pairs, order);
      this.splices.push({ start: at, end: at, text: formatEntry(key, after[key], indent) });
    }
  }

  private value(pair: Pair<Node, Node | null>, before: unknown, after: unknown, indent: number): void {
    const node = pair.value;
    if (this.whole) {
      this.splices.push({ ...this.lines(pair), text: formatEntry(keyOf(pair), after, indent) });
    } else if (isMap(node) && !isFlow(node) && isMapping(before) && isMapping(after))
      this.map(node, before, after);
    else if (isSeq(node) && !isFlow(node) && Array.isArray(before) && Array.isArray(after)) {
      this.seq(node, before, after);
    } else if (!this.inline(node, after)) {
      this.splices.push({ ...this.lines(pair), text: formatEntry(keyOf(pair), after, indent) });
    }
  }

  /** Replaces a value that stands on one line by one that does, leaving the comment behind it. */
  private inline(node: Node | null, after: unknown): boolean {
    if (!node?.range || (isScalar(node) && node.anchor) || node.tag) return false;
    const [start, end] = node.range;
    const old = this.source.slice(start, end);
    if (old.includes('\n')) {
      if (isFlow(node) && old.includes('#')) throw new NeedsRewrite();
      if (!isFlow(node)) return false;
    }
    let text: string | undefined;
    if (isScalar(node) && node.type !== 'BLOCK_FOLDED' && node.type !== 'BLOCK_LITERAL' && start < end) {
      text = formatScalar(after, node.type);
    } else if (isFlow(node) && typeof after === 'object') {
      text = formatFlow(after);
    }
    if (text === undefined || text.includes('\n')) return false;
    this.splices.push({ start, end, text });
    return true;
  }

  private seq(node: YAMLSeq, before: unknown[], after: unknown[]): void {
    const items = node.items as Node[];
    if (items.length !== before.length || items.length === 0) throw new NeedsRewrite();
    const bounds = items.map((item) => this.itemLines(item));
    const indent = bounds[0]!.indent;
    const kept = longestCommonItems(before, after);
    let i = 0;
    let j = 0;
    for (const [nextI, nextJ] of [...kept, [before.length, after.length] as const]) {
      // Between two kept items: pair up what was with what is, then drop or insert the rest.
      while (i < nextI && j < nextJ) this.item(items[i]!, before[i++], after[j++], bounds[i - 1]!);
      for (; i < nextI; i++) this.splices.push({ start: bounds[i]!.start, end: bounds[i]!.end, text: '' });
      const at = nextI < bounds.length ? bounds[nextI]!.start : bounds.at(-1)!.end;
      for (; j < nextJ; j++) this.splices.push({ start: at, end: at, text: formatItem(after[j], indent) });
      i = nextI + 1;
      j = nextJ + 1;
    }
  }

  private item(node: Node, before: unknown, after: unknown, bounds: Splice & { indent: number }): void {
    if (isMap(node) && !isFlow(node) && isMapping(before) && isMapping(after)) {
      const first = node.items[0] as Pair<Node, Node> | undefined;
      // The first key shares its line with the dash: losing it would lose the item.
      if (first && isScalar(first.key) && keyOf(first) in after) {
        this.map(node, before, after);
        return;
      }
    }
    if (this.inline(node, after)) return;
    this.splices.push({ start: bounds.start, end: bounds.end, text: formatItem(after, bounds.indent) });
  }

  private itemLines(item: Node): Splice & { indent: number } {
    const start = this.source.lastIndexOf('-', (item.range?.[0] ?? 0) - 1);
    const line = this.source.lastIndexOf('\n', start - 1) + 1;
    if (
      start < 0 ||
      this.source.slice(line, start).trim() !== '' ||
      this.source.slice(start + 1, item.range?.[0]).trim() !== ''
    ) {
      throw new NeedsRewrite();
    }
    return { start: line, end: this.endOf(item), text: '', indent: start - line };
  }

  private lines(pair: Pair<Node, Node | null>): { start: number; end: number } {
    const start = pair.key.range?.[0] ?? 0;
    const line = this.source.lastIndexOf('\n', start - 1) + 1;
    // A key behind a dash or inside braces does not own its line; one behind a question mark does.
    if (!/^\s*(?:\?\s+)?$/.test(this.source.slice(line, start))) throw new NeedsRewrite();
    return { start: line, end: this.endOf(pair.value ?? pair.key) };
  }

  /** Offset behind the line on which a node ends. */
  private endOf(node: Node | null): number {
    if (!isFlow(node)) {
      if (isMap(node) && node.items.length > 0) {
        const last = node.items.at(-1) as Pair<Node, Node | null>;
        return this.endOf(last.value?.range ? last.value : last.key);
      }
      if (isSeq(node) && node.items.length > 0) return this.endOf(node.items.at(-1) as Node);
    }
    const end = node?.range?.[1] ?? 0;
    if (end > 0 && this.source[end - 1] === '\n' && end !== node?.range?.[0]) return end;
    const newline = this.source.indexOf('\n', end);
    return newline < 0 ? this.source.length : newline + 1;
  }

  private placeFor(key: string, pairs: Pair<Node, Node | null>[], order: readonly string[]): number {
    const rank = order.indexOf(key);
    let after = pairs.at(-1);
    if (rank >= 0) {
      const before = pairs.filter((pair) => {
        const other = order.indexOf(keyOf(pair));
        return other >= 0 && other < rank;
      });
      after = before.at(-1) ?? after;
    }
    return after ? this.endOf(after.value?.range ? after.value : after.key) : 0;
  }

  private columnOf(node: Node | undefined): number {
    const start = node?.range?.[0] ?? 0;
    const before = this.source.slice(this.source.lastIndexOf('\n', start - 1) + 1, start);
    // A key behind a question mark stands where the mark does.
    return /^\s*\?\s+$/.test(before) ? before.indexOf('?') : before.length;
  }

  apply(eol: string): string {
    const ordered = this.splices.map((splice, position) => ({ ...splice, position }));
    ordered.sort((a, b) => a.start - b.start || a.end - b.end || a.position - b.position);
    let out = '';
    let at = 0;
    for (const splice of ordered) {
      if (splice.start < at) throw new NeedsRewrite();
      out += this.source.slice(at, splice.start) + splice.text.replace(/\n/g, eol);
      at = splice.end;
    }
    return out + this.source.slice(at);
  }
}

function keyOf(pair: Pair<Node, Node | null>): string {
  return isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : '';
}

/** Positions of items that both lists have, in order (a longest common subsequence). */
function longestCommonItems(a: unknown[], b: unknown[]): (readonly [number, number])[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i]![j] = sameValue(a[i], b[j])
        ? table[i + 1]![j + 1]! + 1
        : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (sameValue(a[i], b[j])) pairs.push([i++, j++]);
    else if (table[i + 1]![j]! >= table[i]![j + 1]!) i++;
    else j++;
  }
  return pairs;
}
