import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { ItacaError } from '../../domain/error.js';
import { isMapping, sameValue } from '../../domain/records/same-value.js';
import { formatEntry, formatFlow, formatItem, formatScalar, isEmpty, isFlow } from './format.js';
import { type ParsedRecord, parseRecord } from './parse.js';

interface Splice {
  start: number;
  end: number;
  text: string;
}

/** Thrown inside when a change cannot be made line by line; the whole entry is then written anew. */
class NeedsRewrite extends Error {}

/**
 * Changes a record and nothing else in it: comments, unknown keys, key order, quoting, line endings and the note stay
 * byte for byte, because each change is a splice of the lines it must touch.
 * @param changes new values by top-level key; an empty value (undefined, '', []) removes the key
 * @param options.note a new note; absent keeps it
 * @param options.order the kind's keys, to place a new key after those that come before it
 * @returns the new text of the file
 */
export function editRecord(
  record: ParsedRecord,
  path: string,
  changes: Record<string, unknown>,
  options: { note?: string; order?: readonly string[]; isKnown: (key: string) => boolean },
): string {
  const wanted: Record<string, unknown> = { ...record.data };
  for (const [key, value] of Object.entries(changes)) {
    if (isEmpty(value)) delete wanted[key];
    else wanted[key] = value;
  }
  const { order = [], isKnown } = options;
  const ways = [
    () => spliced(record, wanted, order, false),
    () => spliced(record, wanted, order, true),
    () => rewritten(record, wanted),
  ];
  let yaml: string | undefined;
  for (const way of ways) {
    yaml = way();
    if (yaml !== undefined && says(yaml, path, isKnown, wanted)) break;
    yaml = undefined;
  }
  if (yaml === undefined) {
    throw new ItacaError('invalid', 'this change cannot be written without harming the record', {
      path,
      hint: 'edit the file by hand',
    });
  }
  const head = record.text.slice(0, record.yamlStart);
  const fence = record.text.slice(record.yamlStart + record.yaml.length, record.bodyStart);
  const body =
    options.note === undefined ? record.text.slice(record.bodyStart) : noteBody(options.note, record.eol);
  return head + yaml + fence + body;
}

function noteBody(note: string, eol: string): string {
  const trimmed = note.replace(/^\n+|\s+$/g, '');
  return trimmed === '' ? '' : `\n${trimmed}\n`.replace(/\r?\n/g, eol);
}

function says(
  yaml: string,
  path: string,
  isKnown: (key: string) => boolean,
  wanted: Record<string, unknown>,
): boolean {
  try {
    return sameValue(parseRecord(`---\n${yaml}---\n`, path, isKnown).data, wanted);
  } catch {
    return false;
  }
}

/** @param whole writes entries that change anew from their key on, where a smaller change does not do */
function spliced(
  record: ParsedRecord,
  wanted: Record<string, unknown>,
  order: readonly string[],
  whole: boolean,
): string | undefined {
  const source = record.yaml;
  const root = record.document.contents;
  if (!isMap(root) || isFlow(root)) {
    if (root !== null) return undefined;
    return (
      source +
      Object.entries(wanted)
        .map(([key, value]) => formatEntry(key, value))
        .join('')
        .replace(/\n/g, record.eol)
    );
  }
  const editor = new Editor(source, whole);
  try {
    editor.map(root, record.data, wanted, order);
    return editor.apply(record.eol);
  } catch (error) {
    if (error instanceof NeedsRewrite) return undefined;
    throw error;
  }
}

/** Front matter in flow style, `{name: Mario}`, is one entry in itself: it is written anew as a whole. */
function rewritten(record: ParsedRecord, wanted: Record<string, unknown>): string | undefined {
  if (!isFlow(record.document.contents)) return undefined;
  const document = record.document.clone() as Document;
  for (const key of new Set([...Object.keys(record.data), ...Object.keys(wanted)])) {
    if (!(key in wanted)) document.delete(key);
    else if (!sameValue(record.data[key], wanted[key])) document.set(key, document.createNode(wanted[key]));
  }
  return document.toString({ lineWidth: 0 }).replace(/\r?\n/g, record.eol);
}

class Editor {
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
