import { createHash } from 'node:crypto';
import type { Channel } from '../interactions/channels.js';
import { titleText } from '../records/title-text.js';
import type { RawMention } from './fields.js';
import { type Rating, readRating } from './rating.js';

/** What somebody wrote about the firm where others read it. */
export interface Mention {
  /** Where it stands, such as `google`. */
  source: string;
  /** By which its platform knows it, with the platform; undefined where it tells none. */
  review: string | undefined;
  author: string | undefined;
  email: string | undefined;
  rating: Rating | undefined;
  title: string;
  text: string;
  url: string | undefined;
  /** When it was written, epoch milliseconds. */
  at: number;
  /** When it was last changed, epoch milliseconds; no earlier than `at`. */
  edited: number;
  /** The number of an order, as it says itself. */
  order: string | undefined;
  /** What the firm answered there. */
  reply: { text: string; at: number } | undefined;
}

/** A text of this many characters is no review. */
const longestText = 100_000;
const longestLine = 300;

/**
 * A review by what was written down of it.
 * @param reading.time reads a time: epoch milliseconds, or what is wrong with it
 * @param reading.source where the file itself says nothing
 * @param reading.scale the best rating of the file, where a review does not say it
 * @returns a sentence for one that cannot be read
 */
export function mentionOf(
  raw: RawMention,
  {
    source: given,
    time,
    scale,
    now,
  }: {
    source: string;
    time(text: string): number | { wrong: string };
    scale: number;
    now: number;
  },
): Mention | { fault: string } {
  const text = severalLines(raw.text);
  const title = oneLine(raw.title);
  if (text.length > longestText) return { fault: `the text is longer than ${longestText} characters` };
  const rating = readRating(raw.rating, raw.best, scale);
  if (rating && 'wrong' in rating) return { fault: rating.wrong };
  if (text === '' && title === '' && !rating) return { fault: 'neither a text nor a rating' };
  const written = raw.at ?? raw.edited;
  if (written === undefined) return { fault: 'nothing says when it was written' };
  const times = [written, raw.edited ?? written].map((one) => time(one.trim()));
  const [at, edited] = times;
  const wrong = times.find((one) => typeof one === 'object');
  if (typeof at !== 'number' || typeof edited !== 'number') return { fault: wrong?.wrong ?? '' };
  if (at > now) return { fault: `it was written at ${written}, which is still to come` };
  const source = sourceName(raw.source ?? given);
  const id = raw.id === undefined ? '' : oneLine(raw.id);
  const replied = raw.replied === undefined ? edited : time(raw.replied.trim());
  const reply = severalLines(raw.reply);
  return {
    source,
    review: id === '' ? undefined : `${source}:${id}`,
    author: oneLine(raw.author) || undefined,
    email: raw.email?.trim() || undefined,
    rating,
    title,
    text,
    url: webAddress(raw.url),
    at,
    edited: Math.min(Math.max(at, edited), now),
    order: oneLine(raw.order) || undefined,
    reply:
      reply === '' || typeof replied !== 'number'
        ? undefined
        : { text: reply.slice(0, longestText), at: Math.min(Math.max(replied, at), now) },
  };
}

/** What a review is known by, wherever it is read again: its name there, or who wrote what when. */
export function identityOf({ review, author, at, title, text }: Mention): string {
  return review ?? digest([author ?? '', at, title, text]);
}

/** What is said in a review: another one is another version of it. */
export function contentOf({ rating, title, text }: Mention): string {
  return digest([rating?.value ?? null, rating?.best ?? null, title, text]);
}

/**
 * Whether a review wants somebody to see to it: three stars of five or fewer, or words of complaint below full marks.
 * @param complains whether a text complains
 */
export function isUnhappy({ rating, title, text }: Mention, complains: (text: string) => boolean): boolean {
  if (rating && rating.value / rating.best <= 0.6) return true;
  return rating?.value !== rating?.best || !rating ? complains(`${title}\n\n${text}`) : false;
}

const networks = new Set(
  'facebook instagram x twitter threads linkedin tiktok youtube mastodon bluesky reddit'.split(' '),
);

/** By which way it came. */
export function channelOf({ source }: Mention): Channel {
  return networks.has(source) ? 'social' : 'web';
}

/** Short, and without what could be taken for something else where it is printed, or stands in a key. */
function sourceName(text: string): string {
  return oneLine(text).toLowerCase().replace(/\s+/g, '-').slice(0, 60) || 'reviews';
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** Without control characters: they would move the cursor where it is shown. */
function severalLines(text = ''): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
}

function oneLine(text = ''): string {
  return titleText(text, longestLine);
}

function webAddress(text = ''): string | undefined {
  const url = text.trim();
  return /^https?:\/\/[^\s"'<>\x00-\x1f\x7f]{1,2000}$/i.test(url) && URL.canParse(url) ? url : undefined;
}
