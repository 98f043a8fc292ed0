import { type Document, isMap } from 'yaml';
import { ItacaError } from '../../domain/error.js';
import { sameValue } from '../../domain/records/same-value.js';
import { formatEntry, isEmpty, isFlow } from './format.js';
import { type ParsedRecord, parseRecord } from './parse.js';
import { NeedsRewrite, Splicer } from './splicer.js';

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
  const editor = new Splicer(source, whole);
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
