import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { ItacaError } from '../../domain/error.js';
import type { RawLog } from '../../domain/eventlog/log.js';
import { Pool } from './pool.js';

/** Attributes nested deeper than this are no log but an attack on the reader. */
const deepest = 32;
/** Characters of one attribute. */
const longestValue = 1024 * 1024;
/** Characters from one tag to the next: the parser holds what it has not seen the end of. */
const longestTag = 16 * 1024 * 1024;

const attributeKinds = new Set(['string', 'date', 'int', 'float', 'boolean', 'id', 'list', 'container']);

/**
 * Reads an event log in XES (IEEE 1849) as a stream: no more of it is held than its events. Entities beyond the five of
 * XML itself are refused, and so is a document type, which could declare some.
 * @param input bytes of the document, in UTF-8 or UTF-16, or in the single-byte encoding that it declares
 * @throws ItacaError `invalid` with line and column for what is no well-formed XES
 */
export async function readXes(input: AsyncIterable<Uint8Array>, path: string): Promise<RawLog> {
  const reader = new XesReader(path);
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  try {
    for await (const piece of input) {
      decoder ??= new TextDecoder(encodingOf(piece, path), { fatal: true });
      reader.write(decoder.decode(piece, { stream: true }));
    }
    reader.write(decoder?.decode() ?? '');
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw reader.wrong(`the text is no ${decoder?.encoding ?? 'text'}`, 'save it as UTF-8', error);
  }
  return reader.end();
}

function encodingOf(head: Uint8Array, path: string): string {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0)) return 'utf-16le';
  if ((head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] === 0x3c)) return 'utf-16be';
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(
    Buffer.from(head.subarray(0, 200)).toString('latin1'),
  )?.[1];
  // Bytes that read as ASCII cannot be UTF-16, whatever they say.
  if (declared === undefined || /^utf-?(?:8|16)/i.test(declared)) return 'utf-8';
  try {
    return new TextDecoder(declared).encoding;
  } catch (cause) {
    throw new ItacaError('invalid', `nobody here knows the encoding "${declared}"`, {
      path,
      line: 1,
      hint: 'save it as UTF-8',
      cause,
    });
  }
}

class XesReader {
  private readonly parser = new SaxesParser({ xmlns: false });
  private readonly log: RawLog = { format: 'xes', names: [], rows: [], refused: [], left: [] };
  private readonly places = new Map<string, number>();
  private readonly pool = new Pool();
  private readonly left = new Map<string, string>();
  /** Names of the elements that are open, without prefixes. */
  private readonly open: string[] = [];
  private trace: (string | undefined)[] = [];
  private event: { line: number; cells: (string | undefined)[] } | undefined;
  /** Events of the open trace. */
  private events = 0;
  /** Characters since the last tag. */
  private silent = 0;

  constructor(private readonly path: string) {
    this.parser.on('error', (error) => {
      throw this.wrong(`broken XML: ${error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, '')}`, undefined, error);
    });
    this.parser.on('doctype', () => {
      throw this.wrong('a document type is not read: it could declare entities without end', 'take it out');
    });
    this.parser.on('opentag', (tag) => this.begin(tag));
    this.parser.on('closetag', () => this.finish());
  }

  write(text: string): void {
    this.silent += text.length;
    this.parser.write(text);
    if (this.silent > longestTag) throw this.wrong('16 MB without a tag');
  }

  /** @throws ItacaError `invalid` where the document ends too early, or was no XES */
  end(): RawLog {
    this.parser.close();
    for (const [column, why] of this.left) this.log.left.push({ column, why });
    return this.log;
  }

  wrong(message: string, hint?: string, cause?: unknown): ItacaError {
    const { line, column } = this.parser;
    return new ItacaError('invalid', message, {
      path: this.path,
      line,
      column: column + 1,
      hint: hint ?? 'export the log again: XES is XML as IEEE 1849 has it',
      cause,
    });
  }

  private begin(tag: SaxesTagPlain): void {
    this.silent = 0;
    const name = tag.name.replace(/^.*:/, '');
    const parent = this.open.at(-1);
    this.open.push(name);
    if (this.open.length > deepest) throw this.wrong(`nested more than ${deepest} deep`);
    if (parent === undefined) {
      if (name !== 'log') throw this.wrong(`this is no event log: it begins with <${tag.name.slice(0, 40)}>`);
    } else if (name === 'trace' && parent === 'log') {
      this.trace = [];
      this.events = 0;
    } else if (name === 'event' && parent === 'trace') {
      this.event = { line: this.parser.line, cells: [...this.trace] };
      this.events++;
    } else if (attributeKinds.has(name)) this.attribute(name, parent, tag.attributes);
  }

  private finish(): void {
    const name = this.open.pop();
    const parent = this.open.at(-1);
    if (name === 'event' && parent === 'trace' && this.event) {
      this.log.rows.push(this.event);
      this.event = undefined;
    } else if (name === 'trace' && parent === 'log' && this.events === 0)
      this.log.refused.push({ line: this.parser.line, message: 'the trace has no event' });
  }

  private attribute(kind: string, parent: string, { key, value }: Record<string, string>): void {
    if (parent === 'global') return;
    if (parent !== 'event' && parent !== 'trace' && parent !== 'log') {
      this.left.set('nested attributes', 'attributes of attributes have no place in a history');
      return;
    }
    if (key === undefined) throw this.wrong(`<${kind}> has no key`);
    if (kind === 'list' || kind === 'container') this.left.set(key, `a ${kind} has no place in a history`);
    else if (parent === 'log') this.left.set(key, 'it is about the log, not about a case');
    else if (value === undefined) throw this.wrong(`<${kind}> "${key.slice(0, 80)}" has no value`);
    else if (value.length > longestValue) throw this.wrong(`"${key.slice(0, 80)}" is longer than 1 MB`);
    else if (parent === 'event') this.event!.cells[this.place(key)] = this.pool.one(value);
    else this.ofTrace(this.place(`case:${key}`), this.pool.one(value));
  }

  /** What a trace says, all its events say, also those that stand before it. */
  private ofTrace(place: number, value: string): void {
    this.trace[place] = value;
    for (let i = this.log.rows.length - this.events; i < this.log.rows.length; i++)
      this.log.rows[i]!.cells[place] = value;
  }

  private place(name: string): number {
    let place = this.places.get(name);
    if (place === undefined) {
      place = this.log.names.length;
      this.places.set(this.pool.one(name), place);
      this.log.names.push(name);
    }
    return place;
  }
}
