import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { arrivedAt } from '../../domain/inbox/arrival.js';
import type { Classification } from '../../domain/inbox/classification.js';
import { classifyMessage } from '../../domain/inbox/classify.js';
import { messageKey } from '../../domain/inbox/fingerprint.js';
import { type IntentReader, type IntentReading, readIntent } from '../../domain/inbox/intent/read-intent.js';
import type { InboundFile, InboundMessage } from '../../domain/inbox/message.js';
import { nameTime } from '../../domain/inbox/name-time.js';
import { replyText, signatureOf } from '../../domain/inbox/reply/reply-text.js';
import type { Channel } from '../../domain/interactions/channels.js';
import { derivedId } from '../../domain/records/derived-id.js';
import { titleText } from '../../domain/records/title-text.js';
import { isoInstant } from '../../domain/time/clock.js';
import { parseMessage } from '../../mail/parse-message.js';
import type { Arrival } from '../../mail/sources/source.js';
import type { Workspace } from '../../workspace/workspace.js';
import { letterOf } from './letter.js';

/** Where messages come from, as far as it says something of each of them. */
export interface InboxSource {
  name: string;
  channel: Channel;
  /** How its scans came, where that is another channel. */
  scans?: Channel;
  /** The firm's address or number that it serves. */
  address?: string | undefined;
  /** When all of it arrived, where somebody says so; milliseconds since 1970. */
  received?: number | undefined;
  /** What lies there was written by the firm: its folder of sent mail. */
  sent: boolean;
}

/** A message as it came, with all that can be said of it without the workspace. */
export interface ReadMessage {
  /** Derived from the message, so that it is the same in every clone and from every source. */
  id: string;
  source: InboxSource;
  place: string;
  /** Whether it is a message (RFC 5322); else it is a letter or a fax. */
  isMail: boolean;
  /** Where the scan of it lies, beside what was typed. */
  scanPlace?: string | undefined;
  /** As it was named to us. */
  file: string;
  /** In the workspace, of one that is kept already. */
  keptAt?: string;
  /** The message as it came; of one that is too large to be kept whole, its beginning. */
  raw: Buffer;
  /** Of all of it, in bytes. */
  size: number;
  sha256: string;
  message: InboundMessage;
  /** ISO 8601. */
  receivedAt: string;
  classification: Classification;
  /** What the person wrote, without quotes and signature. */
  text: string;
  signature: string;
  intent: IntentReading;
}

/** What lies at a place: a message, or a letter with the text that somebody typed from it. */
export interface Arrived extends Pick<Arrival, 'place' | 'file' | 'receivedAt' | 'isMail'> {
  raw: Buffer;
  /** The scan that a typed text is of. */
  scan?: InboundFile | undefined;
  scanPlace?: string | undefined;
}

/** Up to this many bytes a message is kept whole; of a larger one its header, its text and its files. */
export const wholeUpTo = 25 * 1024 * 1024;

/** So much of a large message holds its header. */
const headBytes = 1 << 20;

/** Reads a message and says what it is. */
export async function readMessage(
  arrival: Arrived,
  source: InboxSource,
  reader: IntentReader,
  { config, clock }: Workspace,
): Promise<ReadMessage> {
  const { raw } = arrival;
  const whole = arrival.isMail ? await parseMessage(raw) : letterOf(arrival);
  const message = withTitles(whole);
  const text = replyText(message.text);
  const { subject, inReplyTo, references } = message;
  const isReply = inReplyTo.length + references.length > 0;
  const ofName = arrival.isMail ? undefined : nameTime(basename(arrival.file), clock.timeZone);
  const at = source.received ?? ofName ?? arrival.receivedAt;
  const channel = arrival.isMail ? source.channel : (source.scans ?? source.channel);
  return {
    id: derivedId(config.id, 'inbox', arrival.isMail ? messageKey(whole, raw) : letterKey(arrival)),
    source: { ...source, channel },
    place: arrival.place,
    isMail: arrival.isMail,
    scanPlace: arrival.scanPlace,
    file: arrival.file,
    raw: arrival.isMail && raw.length > wholeUpTo ? Buffer.from(raw.subarray(0, headBytes)) : raw,
    size: raw.length,
    sha256: createHash('sha256').update(raw).digest('hex'),
    message,
    receivedAt: isoInstant(arrivedAt(message, at, clock.now()), clock.timeZone),
    classification: classifyMessage(message),
    text,
    signature: signatureOf(message.text).join('\n'),
    intent: readIntent({ subject, text, isReply }, reader),
  };
}

/** A message of which what becomes a title of records, or a name in them, is fit to be one. */
function withTitles(message: InboundMessage): InboundMessage {
  const from = message.from.map(({ name, address }) => ({ name: titleText(name), address }));
  return { ...message, from, subject: titleText(message.subject) };
}

/** What makes a letter the same when it lies there again: what was typed of it, and its scan. */
function letterKey({ raw, scan }: Arrived): string {
  const hash = createHash('sha256').update(raw);
  if (scan) hash.update(scan.content);
  return hash.digest('hex');
}
