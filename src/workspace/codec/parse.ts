import matter from 'gray-matter';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { ItacaError } from '../../domain/error.js';

/** A record larger than this is a mistake (a pasted mailbox, a binary), not a note. In bytes. */
export const maxRecordBytes = 8 * 1024 * 1024;
const maxFrontMatterChars = 1024 * 1024;
const maxDepth = 64;
const maxNodes = 200_000;
const maxAliases = 100;

/** A record as it stands in its file: what it says, and where each part lies, so that an edit can be a splice. */
export interface ParsedRecord {
  /** The whole file. */
  text: string;
  /** Values by key. Scalars of known keys are the text in the file; unknown keys resolve as YAML 1.2 core. */
  data: Record<string, unknown>;
  /** The Markdown under the front matter, without the blank line that follows the fence. */
  note: string;
  document: Document.Parsed;
  /** The lines between the fences. */
  yaml: string;
  /** Offset of `yaml` in `text`. */
  yamlStart: number;
  /** Offset of the first character after the closing fence's line. */
  bodyStart: number;
  eol: '\n' | '\r\n';
  /** 1-based line and column of a value, by its keys from the top; the nearest parent's where it is missing. */
  locate(at: readonly (string | number)[]): { line: number; column: number };
}

/** Decodes a record's bytes. Throws ItacaError `invalid` for what is no UTF-8 text. */
export function decodeRecord(bytes: Uint8Array, path: string): string {
  if (bytes.length > maxRecordBytes) {
    throw new ItacaError('invalid', `the record is ${Math.round(bytes.length / 1e6)} MB; the limit is 8 MB`, {
      path,
      hint: 'keep large material as an attachment',
    });
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    throw new ItacaError('invalid', 'the record holds a NUL byte, so it is not a text file in UTF-8', {
      path,
      line: bytes.subarray(0, nul).filter((byte) => byte === 10).length + 1,
      hint: 'save it as UTF-8',
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ItacaError('invalid', 'the record is not valid UTF-8', {
      path,
      hint: 'save it as UTF-8',
      cause,
    });
  }
}

/**
 * Parses a record: front matter in YAML 1.2 between `---` lines, then a note in Markdown.
 * @param path named in errors, relative to the workspace
 * @param isKnown whether a top-level key is one of the kind's, so that its scalars are read as text
 * @throws ItacaError `invalid` with line and column: no fence, another language than YAML, broken YAML, merge-conflict
 *   markers, too deep, too many aliases
 */
export function parseRecord(text: string, path: string, isKnown: (key: string) => boolean): ParsedRecord {
  const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  refuseConflictMarkers(text, path);
  const opening = /^---[ \t]*(\r?\n)/.exec(text.slice(bom, bom + 200));
  if (!opening) {
    const language = /^---[ \t]*(\S+)/.exec(text.slice(bom, bom + 200))?.[1];
    throw new ItacaError(
      'invalid',
      language
        ? `the front matter is marked "${language.slice(0, 40)}"; only YAML is read, and nothing in a record is run`
        : 'expected front matter: a line "---", the keys, a line "---"',
      { path, line: 1, column: 1 },
    );
  }
  const eol = opening[1] as '\n' | '\r\n';
  const lines = new LineCounter();
  let document: Document.Parsed | undefined;
  let yaml = '';
  // gray-matter splits the file at its fences; the only engine it is given is this one, so it runs nothing and caches nothing.
  const file = matter(text.slice(bom), {
    language: 'yaml',
    engines: {
      yaml: (source: string) => {
        // gray-matter counts the last line break to the closing fence; here lines are whole.
        yaml = `${source.replace(/^[ \t]*\r?\n/, '')}\n`;
        document = readYaml(yaml, path, lines);
        return {};
      },
      json: refuseLanguage,
      javascript: refuseLanguage,
    },
  });
  const yamlStart = bom + opening[0].length;
  const closing = /^(\r?\n)?---[ \t]*(?:\r?\n|$)/.exec(text.slice(bom + 3 + (file.matter ?? '').length));
  if (!closing) {
    throw new ItacaError('invalid', 'expected a line "---" that ends the front matter', {
      path,
      line: 1 + lines.linePos(Math.max(0, yaml.length - 1)).line,
    });
  }
  const bodyStart = bom + 3 + file.matter.length + closing[0].length;
  // Front matter that is empty or all comments never reaches the engine.
  if (!document) {
    yaml = text.slice(yamlStart, Math.max(yamlStart, bom + 3 + file.matter.length + 1));
    document = readYaml(yaml, path, lines);
  }
  const root = document.contents;
  if (root !== null && !isMap(root)) {
    throw new ItacaError(
      'invalid',
      'expected keys and values in the front matter, such as "name: Mario Rossi"',
      {
        path,
        line: 2,
      },
    );
  }
  const reader = new NodeReader(document, path, lines);
  const data: Record<string, unknown> = {};
  for (const pair of root?.items ?? []) {
    const key = reader.key(pair.key);
    const value = reader.value(pair.value as Node | null, isKnown(key), 0);
    if (value !== null && value !== undefined) data[key] = value;
  }
  const parsedDocument = document;
  return {
    text,
    data,
    note: text.slice(bodyStart).replace(/^\r?\n/, ''),
    document: parsedDocument,
    yaml,
    yamlStart,
    bodyStart,
    eol,
    locate: (at) => locate(parsedDocument, lines, at),
  };
}

function refuseLanguage(): never {
  throw new ItacaError('invalid', 'only YAML front matter is read');
}

function refuseConflictMarkers(text: string, path: string): void {
  const conflict = /^(<{7} |={7}\r?$|>{7} )/m.exec(text);
  if (!conflict || !/^<{7} /m.test(text) || !/^>{7} /m.test(text)) return;
  throw new ItacaError('invalid', 'the record holds merge-conflict markers', {
    path,
    line: text.slice(0, conflict.index).split('\n').length,
    hint: 'choose one side, delete the marker lines, then commit',
  });
}

function readYaml(yaml: string, path: string, lines: LineCounter): Document.Parsed {
  if (yaml.length > maxFrontMatterChars) {
    throw new ItacaError('invalid', 'the front matter is larger than 1 MB', {
      path,
      line: 2,
      hint: 'put long text into the note below it',
    });
  }
  let document: Document.Parsed;
  try {
    document = parseDocument(yaml, {
      version: '1.2',
      prettyErrors: false,
      lineCounter: lines,
      logLevel: 'silent',
    });
  } catch (cause) {
    // The parser recurses; absurd nesting ends here instead of on the stack.
    throw new ItacaError('invalid', 'the front matter is nested too deeply', { path, line: 2, cause });
  }
  const error = document.errors[0];
  if (error) {
    const place = lines.linePos(error.pos[0]);
    throw new ItacaError('invalid', `broken YAML: ${error.message.replace(/\s+/g, ' ').trim()}`, {
      path,
      line: place.line + 1,
      column: place.col,
    });
  }
  return document;
}

/** Turns YAML nodes into plain data, within limits. */
class NodeReader {
  private nodes = 0;
  private aliases = 0;

  constructor(
    private readonly document: Document.Parsed,
    private readonly path: string,
    private readonly lines: LineCounter,
  ) {}

  key(node: unknown): string {
    const key = isScalar(node) ? (node.source ?? String(node.value)) : undefined;
    if (key === undefined || key === '__proto__') this.fail('expected a plain key', node as Node);
    return key;
  }

  value(node: Node | null, asText: boolean, depth: number): unknown {
    if (node === null) return null;
    if (depth > maxDepth) this.fail(`nested more than ${maxDepth} deep`, node);
    if (++this.nodes > maxNodes) this.fail('too many values', node);
    if (isAlias(node)) {
      if (++this.aliases > maxAliases) this.fail(`more than ${maxAliases} aliases`, node);
      const target = node.resolve(this.document);
      if (!target) this.fail(`no anchor &${node.source}`, node);
      return this.value(target as Node, asText, depth + 1);
    }
    if (isScalar(node)) {
      if (node.value === null) return null;
      if (typeof node.value === 'string') return node.value;
      return asText || typeof node.value === 'bigint' ? (node.source ?? String(node.value)) : node.value;
    }
    if (isSeq(node)) return node.items.map((item) => this.value(item as Node, asText, depth + 1));
    if (isMap(node)) {
      const data: Record<string, unknown> = {};
      for (const pair of node.items) {
        const value = this.value(pair.value as Node | null, asText, depth + 1);
        if (value !== null) data[this.key(pair.key)] = value;
      }
      return data;
    }
    return null;
  }

  private fail(message: string, node: Node | null): never {
    const place = this.lines.linePos(node?.range?.[0] ?? 0);
    throw new ItacaError('invalid', message, { path: this.path, line: place.line + 1, column: place.col });
  }
}

function locate(document: Document.Parsed, lines: LineCounter, at: readonly (string | number)[]) {
  let offset = 0;
  let node: unknown = document.contents;
  for (const step of at) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isScalar(item.key) && String(item.key.source ?? item.key.value) === step,
      );
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
    } else break;
    const start = (node as Node | null)?.range?.[0];
    if (start !== undefined) offset = start;
  }
  const place = lines.linePos(offset);
  return { line: Math.max(1, place.line) + 1, column: Math.max(1, place.col) };
}
