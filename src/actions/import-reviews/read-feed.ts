import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { ItacaError } from '../../domain/error.js';
import { type RawMention, rawMention } from '../../domain/mentions/fields.js';
import { plainText } from '../../domain/mentions/plain-text.js';

/** Nested deeper than this is no feed but an attack on the reader. */
const deepest = 64;

/** An entry of a feed. */
export interface FeedEntry {
  line: number;
  raw: RawMention;
}

/** What stands in a feed as HTML. */
const inHtml = new Set(['description', 'encoded', 'content', 'summary']);

/**
 * Reads the entries of a feed: RSS 2.0, RSS 1.0 or Atom (RFC 4287). A document type is refused, which could declare
 * entities without end.
 * @throws ItacaError `invalid` with line and column for what is no well-formed feed
 */
export function readFeed(text: string, path: string): FeedEntry[] {
  const parser = new SaxesParser({ xmlns: false });
  const entries: FeedEntry[] = [];
  const open: string[] = [];
  let entry: { line: number; depth: number; values: [string, string][] } | undefined;
  let piece = '';
  /** Depth of the element whose text is being taken with that of all elements in it. */
  let holder: number | undefined;
  const wrong = (message: string, cause?: unknown) =>
    new ItacaError('invalid', message, {
      path,
      line: parser.line,
      column: parser.column + 1,
      hint: 'fetch the feed again: RSS or Atom',
      cause,
    });
  parser.on('error', (error) => {
    throw wrong(`broken XML: ${error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, '')}`, error);
  });
  parser.on('doctype', () => {
    throw wrong('a document type is not read: it could declare entities without end');
  });
  const say = (text: string) => {
    piece += text;
  };
  parser.on('text', say);
  parser.on('cdata', say);
  parser.on('opentag', (tag: SaxesTagPlain) => {
    const name = tag.name.replace(/^.*:/, '').toLowerCase();
    if (open.length === 0 && !['rss', 'feed', 'rdf'].includes(name))
      throw wrong(`this is no feed: it begins with <${tag.name.slice(0, 40)}>`);
    open.push(name);
    if (open.length > deepest) throw wrong(`nested more than ${deepest} deep`);
    if (holder !== undefined) {
      piece += '\n';
      return;
    }
    piece = '';
    if (entry && inHtml.has(name)) holder = open.length;
    if (!entry && (name === 'item' || name === 'entry'))
      entry = { line: parser.line, depth: open.length, values: [] };
    const { href, rel = 'alternate' } = tag.attributes;
    if (entry && name === 'link' && href !== undefined && rel === 'alternate')
      entry.values.push(['link', href]);
  });
  parser.on('closetag', () => {
    const name = open.pop() as string;
    if (!entry || (holder !== undefined && open.length >= holder)) return;
    holder = undefined;
    if (open.length < entry.depth) {
      if (open.length === entry.depth - 1) {
        entries.push({ line: entry.line, raw: rawMention(entry.values) });
        entry = undefined;
      }
      return;
    }
    // Of a person in Atom only the name is his name.
    const parent = open.length > entry.depth ? `${open.at(-1)} ` : '';
    if (piece.trim() !== '') entry.values.push([parent + name, inHtml.has(name) ? plainText(piece) : piece]);
    piece = '';
  });
  parser.write(text);
  parser.close();
  return entries;
}
