import { type RawMention, rawMention } from './fields.js';

/** Keys under which services hand over a list of reviews. */
const lists = ['reviews', 'locationReviews', 'data', 'items', 'results', 'mentions', 'comments'];

/** Of what platform a review is, where its shape tells. */
export type KnownSource = 'google' | 'trustpilot';

/** A review out of JSON; of a list within an object, with its place there, from 1. */
export interface JsonMention {
  raw: RawMention;
  source?: KnownSource;
  position?: number;
}

/** Nested deeper than this nothing of a review is looked for. */
const deepest = 4;

/**
 * The reviews of a JSON value: an answer of the Google Business Profile API or of Trustpilot's, an object with a list of
 * reviews, or a review itself.
 */
export function mentionsInJson(value: unknown): JsonMention[] {
  if (!isObject(value)) return [];
  const list = lists.map((key) => value[key]).find(Array.isArray);
  if (!list) return [one(value)];
  return (list as unknown[]).map((item, index) => ({
    ...(isObject(item) ? one(isObject(item.review) ? item.review : item) : { raw: {} }),
    position: index + 1,
  }));
}

function one(item: Record<string, unknown>): JsonMention {
  const source = sourceOf(item);
  const values = [...named(item, '', 0)];
  const raw = rawMention(values);
  if (source === 'google') {
    // `name` is the path of the review there, and nobody's name.
    if (raw.author === item.name) delete raw.author;
    if (raw.id === undefined && typeof item.name === 'string') raw.id = item.name.split('/').at(-1) as string;
  }
  return source ? { raw, source } : { raw };
}

function sourceOf(item: Record<string, unknown>): KnownSource | undefined {
  if ('starRating' in item && ('reviewer' in item || 'reviewId' in item)) return 'google';
  return 'stars' in item && 'consumer' in item ? 'trustpilot' : undefined;
}

/** Values by their keys, with those above them in front: `reviewer.displayName`. */
function* named(item: object, above: string, depth: number): Generator<readonly [string, string]> {
  for (const [key, value] of Object.entries(item)) {
    if (typeof value === 'string' || typeof value === 'number') yield [above + key, String(value)];
    else if (isObject(value) && depth < deepest) yield* named(value, `${above}${key} `, depth + 1);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
