import { createHash } from 'node:crypto';
import type { Config } from '../config/config.js';
import type { Campaign } from './campaign.js';
import { activeHolds } from './holds.js';

/** What a campaign says, in whose name and to whom: what an approval signs. */
export interface Content
  extends Pick<
    Campaign,
    'subject' | 'from' | 'reply_to' | 'purpose' | 'channel' | 'audience' | 'exclude' | 'holds'
  > {
  /** By language, `*` for the body for any language. */
  bodies: Readonly<Record<string, string>>;
  /** SHA-256 of each file that goes out with it, by use and path: attachments, pictures, the house's own layout. */
  files?: Readonly<Record<string, string>>;
}

/**
 * The hash of a campaign's content: an approval signs it, and a send that began keeps to it.
 * Line endings and spaces at the end of a line, which an editor changes by itself, do not count, nor does the order of
 * what has none.
 * @returns SHA-256 in hexadecimal
 */
export function contentSha256(content: Content): string {
  const { subject, bodies, from, reply_to, purpose, channel, audience, exclude = [], files = {} } = content;
  return sha256(
    JSON.stringify([
      typeof subject === 'object' ? sorted(subject) : (subject ?? ''),
      sorted(mapValues(bodies, tidy)),
      from ?? '',
      reply_to ?? '',
      purpose,
      channel ?? 'email',
      audience.trim(),
      exclude.map((query) => query.trim()).sort(),
      [...activeHolds(content)].sort(),
      sorted(files),
    ]),
  );
}

/**
 * The hash of what `itaca.yaml` adds to a campaign: who sends it where the campaign does not say, what its purpose rests
 * on, and how often people may be written to. An approval is given under these.
 * @returns SHA-256 in hexadecimal
 */
export function rulesSha256({ from, reply_to, purpose }: Campaign, config: Config): string {
  const { mail, purposes, limits } = config;
  const { messages, within } = limits?.frequency ?? {};
  return sha256(
    JSON.stringify([
      from ?? mail?.from ?? '',
      reply_to ?? mail?.reply_to ?? '',
      purposes?.[purpose]?.basis ?? 'consent',
      messages ?? '',
      within ?? '',
    ]),
  );
}

/**
 * The hash of what a person reads, for finding the same text in another campaign or from another office:
 * without sender and purpose, and blind to case, markup, spacing and punctuation.
 * @returns SHA-256 in hexadecimal
 */
export function sameTextSha256(subject: string, body: string): string {
  return sha256(JSON.stringify([plainWords(subject), plainWords(body)]));
}

/** The words of a Markdown text, for comparing texts; those of a merge tag count as they stand. */
export function plainWords(markdown: string): string {
  return markdown
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\]\([^()\s]*\)/g, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * The Message-ID of the one message a campaign's step sends to an address. Deterministic, so that replies
 * thread to one person, and a second copy sent by accident can be recognised by whoever receives both.
 * @param step of a sequence; empty for a campaign of one message
 * @param canonicalAddress of the recipient
 * @param domain of the sender
 * @returns with angle brackets (RFC 5322, 3.6.4)
 */
export function messageId(
  workspaceId: string,
  campaignId: string,
  step: string,
  canonicalAddress: string,
  domain: string,
): string {
  const hash = sha256(JSON.stringify([workspaceId, campaignId, step, canonicalAddress]));
  return `<${hash.slice(0, 32)}@${domain}>`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

function sorted(map: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

function mapValues(
  map: Readonly<Record<string, string>>,
  change: (text: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, text]) => [key, change(text)]));
}
