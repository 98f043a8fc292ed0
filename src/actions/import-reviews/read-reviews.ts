import { decode } from '../../csv/decode.js';
import { unguarded } from '../../csv/formula.js';
import { openCsv, rowsOf } from '../../csv/open-csv.js';
import { ItacaError } from '../../domain/error.js';
import {
  type Field,
  foldName,
  knownNames,
  type RawMention,
  rawMention,
} from '../../domain/mentions/fields.js';
import { type JsonMention, mentionsInJson } from '../../domain/mentions/from-json.js';
import { JsonValues } from '../import-events/json-values.js';
import { unpacked } from '../unpacked.js';
import { readFeed } from './read-feed.js';

/** A review of a file, with its place there; or what stands in the place of one. */
export type FoundReview = { line: number; source?: string; where?: string } & (
  | { raw: RawMention }
  | { fault: string }
);

export interface ReviewFile {
  format: 'google' | 'trustpilot' | 'json' | 'csv' | 'feed';
  reviews: FoundReview[];
}

/** No export of reviews is larger, in bytes; it is held whole. */
const largest = 64 * 1024 * 1024;

/**
 * Reads the reviews of a file: JSON or JSON Lines, RSS or Atom, or a table with a header; packed by gzip or not. What it
 * is, its first character tells.
 * @throws ItacaError `invalid` for what is none of them, naming the path
 */
export async function readReviews(input: AsyncIterable<Uint8Array>, path: string): Promise<ReviewFile> {
  const { bytes } = decode(await whole(unpacked(input, path), path), path);
  const first = bytes.subarray(0, 4096).toString('utf8').trimStart()[0];
  if (first === '<') {
    const entries = readFeed(bytes.toString('utf8'), path);
    return { format: 'feed', reviews: entries };
  }
  if (first === '{' || first === '[') return inJson(bytes);
  return { format: 'csv', reviews: inTable(bytes, path) };
}

async function whole(input: AsyncIterable<Uint8Array>, path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of input) {
    length += piece.length;
    if (length > largest)
      throw new ItacaError('invalid', 'the file is larger than 64 MB', {
        path,
        hint: 'bring it in by parts',
      });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function inJson(bytes: Buffer): ReviewFile {
  const values = new JsonValues();
  const reviews: FoundReview[] = [];
  const sources = new Set<JsonMention['source']>();
  for (const piece of [...values.push(bytes), ...values.end()]) {
    const { line } = piece;
    if ('fault' in piece) {
      reviews.push(piece);
      continue;
    }
    let value: unknown;
    try {
      value = JSON.parse(piece.text);
    } catch {
      reviews.push({ line, fault: 'this is no JSON' });
      continue;
    }
    for (const { raw, source, position } of mentionsInJson(value)) {
      sources.add(source);
      reviews.push({
        line,
        raw,
        ...(source ? { source } : {}),
        ...(position === undefined ? {} : { where: `review ${position} of the list` }),
      });
    }
  }
  const [source] = sources;
  return { format: sources.size === 1 && source ? source : 'json', reviews };
}

function inTable(bytes: Buffer, path: string): FoundReview[] {
  const file = openCsv(bytes, { known: knownNames, path });
  const sample = rawMention(file.header.map((name) => [name, 'x'] as const));
  const numbers = rawMention(file.header.map((name) => [name, '1'] as const));
  const has = (field: Field) => sample[field] !== undefined || numbers[field] !== undefined;
  const missing = [
    ...(has('text') || has('rating') ? [] : ['the text or the rating']),
    ...(has('at') || has('edited') ? [] : ['the time']),
  ];
  if (missing.length > 0)
    throw new ItacaError('invalid', `no column is known to hold ${missing.join(' nor ')} of a review`, {
      path,
      line: file.headerRow?.line ?? 1,
      hint: `name them as in: date, author, rating, title, text, url, id; there are: ${file.header.map(foldName).join(', ').slice(0, 200) || 'none'}`,
    });
  return [...rowsOf(file)]
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ cells, line }) => ({
      line,
      raw: rawMention(file.header.map((name, column) => [name, unguarded(cells[column] ?? '')] as const)),
    }));
}
