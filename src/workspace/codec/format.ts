import { Document, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, visit } from 'yaml';

/**
 * What a YAML 1.1 reader takes for a boolean, a null, a number or a base-60 number. Such strings are quoted, so that
 * a postcode stays a postcode in every tool. Dates stay plain: both versions read them as the date they are.
 */
const misread =
  /^(?:y|n|yes|no|on|off|true|false|null|~|[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[\da-f_]+|\d[\d_]*|\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|(?:\d[\d_]*)?\.?[\d_]+(?:e[-+]?\d+)?|\d[\d_]*\.(?:e[-+]?\d+)?|\.inf)|\.nan|<<|=)$/i;

const options = { lineWidth: 0, indentSeq: true } as const;

function toNode(document: Document, value: unknown, flow: boolean): Node {
  const node = document.createNode(value) as Node;
  visit(node, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === 'string' && misread.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
    },
    Collection(_key, collection) {
      if (flow || collection.items.length === 0) collection.flow = true;
    },
  });
  return node;
}

/** Text that stands in a block map as it is, in any version of YAML: no sign that YAML reads anything into. */
const harmless = /^[\p{L}+][\p{L}\p{M}\p{N} ._@/()+'&%-]*$/u;
const harmlessKey = /^[a-z][a-z_]*$/;

/** The entry without the library, for the values that make up nearly all of nearly all records. */
function plainEntry(key: string, value: unknown, indent: number): string | undefined {
  if (!harmlessKey.test(key) || misread.test(key)) return undefined;
  const pad = ' '.repeat(indent);
  if (isHarmless(value)) return `${pad}${key}: ${value}\n`;
  if (Array.isArray(value) && value.length > 0 && value.every(isHarmless)) {
    return `${pad}${key}:\n${value.map((item) => `${pad}  - ${item}\n`).join('')}`;
  }
  return undefined;
}

function isHarmless(value: unknown): value is string {
  return typeof value === 'string' && harmless.test(value) && !value.endsWith(' ') && !misread.test(value);
}

/**
 * One `key: value` as the lines of a block map, each ending in a line feed.
 * @param indent columns before the key
 */
export function formatEntry(key: string, value: unknown, indent = 0): string {
  return plainEntry(key, value, indent) ?? libraryEntry(key, value, indent);
}

/** The same by the library. Apart for the test that holds both alike. */
export function libraryEntry(key: string, value: unknown, indent: number): string {
  const document = new Document();
  document.contents = document.createNode({}) as never;
  (document.contents as unknown as { items: Pair[] }).items.push(
    document.createPair(toNode(document, key, false), null),
  );
  (document.contents as unknown as { items: Pair[] }).items[0]!.value = toNode(document, value, false);
  return indentLines(document.toString(options), indent);
}

/** One item of a block sequence as lines, `- ` at column `indent`. */
export function formatItem(value: unknown, indent = 0): string {
  const document = new Document();
  document.contents = document.createNode([]) as never;
  (document.contents as unknown as { items: Node[] }).items.push(toNode(document, value, false));
  return indentLines(document.toString(options), indent);
}

/** A value on one line, as it stands inside a flow collection. */
export function formatFlow(value: unknown): string {
  const document = new Document();
  document.contents = toNode(document, value, true) as never;
  return document.toString({ ...options, flowCollectionPadding: false }).trimEnd();
}

/**
 * A scalar on one line, in the quoting style of the one it replaces.
 * @returns undefined where the text needs more than a line
 */
export function formatScalar(value: unknown, style: Scalar.Type | undefined | null): string | undefined {
  const document = new Document();
  const node = toNode(document, value, false);
  if (!isScalar(node)) return undefined;
  if (typeof value === 'string' && (style === 'QUOTE_DOUBLE' || style === 'QUOTE_SINGLE')) node.type = style;
  // Inside a map, as the rules for plain text are stricter there than at the top of a document.
  document.contents = document.createNode({}) as never;
  (document.contents as unknown as { items: Pair[] }).items.push(document.createPair('k', null));
  (document.contents as unknown as { items: Pair[] }).items[0]!.value = node;
  const line = document.toString(options).trimEnd();
  return line.includes('\n') ? undefined : line.slice(3);
}

/** A new record: keys in the order of `order`, others after them as given; absent values left out. */
export function formatRecord(data: Record<string, unknown>, note: string, order: readonly string[]): string {
  const rank = new Map(order.map((key, position) => [key, position]));
  const keys = Object.keys(data)
    .filter((key) => !isEmpty(data[key]))
    .sort((a, b) => (rank.get(a) ?? order.length) - (rank.get(b) ?? order.length));
  const front = keys.map((key) => formatEntry(key, data[key])).join('');
  const body = note.replace(/^\n+|\s+$/g, '');
  return `---\n${front}---\n${body === '' ? '' : `\n${body}\n`}`;
}

/** What need not be written: nothing, an empty text, an empty list or map. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function indentLines(text: string, indent: number): string {
  if (indent === 0) return text;
  const pad = ' '.repeat(indent);
  return text.replace(/^(?=.)/gm, pad);
}

/** Whether a node is written in flow style, `[a, b]` or `{a: b}`. */
export function isFlow(node: unknown): boolean {
  return (isMap(node) || isSeq(node)) && node.flow === true;
}
