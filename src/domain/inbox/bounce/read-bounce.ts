import { aboutOf } from '../about.js';
import { readChallenge } from '../challenge.js';
import type { Bounce, Classification } from '../classification.js';
import type { InboundMessage } from '../message.js';
import { headerOf, isDaemon } from '../senders.js';
import { addressPattern, plainAddress } from './addresses.js';
import { type StatusRecord, statusRecords } from './delivery-status.js';
import { judge } from './judge.js';
import { namedRecipients, noticeOf } from './notice.js';
import {
  arrivalWords,
  delayWords,
  givenUpWords,
  heldWords,
  reportSentences,
  reportSubjects,
} from './notice-words.js';

const either = (patterns: readonly string[]) => new RegExp(patterns.join('|'), 'i');
const subjects = either(reportSubjects);
const sentences = either(reportSentences);
const delays = either(delayWords);
const givenUp = either(givenUpWords);
const arrivals = either(arrivalWords);
const held = either(heldWords);

/** What a report of delivery says (RFC 3464, and the wording of systems that do not know it); undefined where a message is none. */
export function readBounce(message: InboundMessage): Classification | undefined {
  const found = reportOf(message);
  const about = found && aboutOf(message);
  return found && about !== undefined ? { ...found, about } : found;
}

function reportOf(message: InboundMessage): Classification | undefined {
  const records = statusRecords(message.deliveryStatus);
  if (records.length > 0) return ofRecords(message, records);
  const signs = reportSigns(message);
  if (signs === undefined) return undefined;
  // A report within a report, as scanners of viruses pass it on, or one whose parts were lost.
  const inside = statusRecords([statusWithin(message.returned ?? ''), statusWithin(message.text)]);
  return inside.length > 0 ? ofRecords(message, inside) : ofWords(message, signs);
}

/** As much of a subject as any report's has. */
const subjectOf = (message: InboundMessage) => message.subject.slice(0, 1000);

/** The fields of a report that a text holds. */
function statusWithin(text: string): string {
  const at = text
    .slice(0, 64 * 1024)
    .search(/^(?:reporting-mta|original-recipient|final-recipient)[ \t]*:/im);
  return at < 0 ? '' : text.slice(at, at + 64 * 1024).split(/^--/m)[0]!;
}

const arrived = new Set(['delivered', 'relayed', 'expanded', 'deliverable']);

function ofRecords(message: InboundMessage, records: readonly StatusRecord[]): Classification {
  const failed = records.filter(({ action }) => action !== 'delayed' && !arrived.has(action));
  const delayed = records.filter(({ action }) => action === 'delayed');
  const notice = noticeOf(message.text).text;
  const of = (record: StatusRecord): Bounce =>
    bounceOf(
      completed(record.recipient, message.returned ?? ''),
      `${/\(.*\)/.exec(record.status)?.[0] ?? ''} ${record.diagnostic}`,
      record.status,
      records.length === 1 ? notice : '',
      record.action,
    );
  const kind = failed.length > 0 ? 'bounce' : delayed.length > 0 ? 'delayed' : 'receipt';
  const named = { bounce: failed, delayed, receipt: [] }[kind];
  const why = {
    bounce: 'its delivery-status part names who was not reached',
    delayed: 'its delivery-status part says that delivery is delayed',
    receipt: 'its delivery-status part says that the message arrived',
  }[kind];
  return { kind, bounces: named.map(of), confidence: 0.99, why };
}

/** What makes a message without a delivery-status part a report; undefined where too little does. */
function reportSigns(message: InboundMessage): string[] | undefined {
  if (headerOf(message, 'x-failed-recipients') !== '') return ['X-Failed-Recipients'];
  const start = noticeOf(message.text).text.slice(0, 4000);
  if (/not a member of this mailing list/i.test(start.slice(0, 300)))
    return ['the refusal of a mailing list'];
  const from = senderSigns(message, start);
  const subject = subjects.test(subjectOf(message));
  const wording = sentences.test(start);
  if (from.length === 0 || (!subject && !wording) || held.test(`${subjectOf(message)} ${start}`))
    return undefined;
  // A system that says so of mail to come, or of what waits for an answer, reports nothing.
  if (!subject && (!namesAnother(message, start) || readChallenge({ ...message, text: start })))
    return undefined;
  return [...(subject ? ['its subject'] : []), ...(wording ? ['its wording'] : []), ...from];
}

/** Whether words, or the message that comes back with them, name somebody whom the message is not for. */
function namesAnother(message: InboundMessage, start: string): boolean {
  if (message.returned !== undefined || noticeOf(message.text).rest !== '') return true;
  const others = ownAddresses(message);
  return namedRecipients(start, others).some(({ recipient }) => !others.has(recipient));
}

/** Of whom a report is for, and of who made it. */
const ownAddresses = (message: InboundMessage): ReadonlySet<string> =>
  new Set([...message.to, ...message.from].map(({ address }) => plainAddress(address)));

/** What shows that a system of mail wrote, not a person or what answers for him: who says "not delivered" may miss a parcel. */
function senderSigns(message: InboundMessage, start: string): string[] {
  const system = [
    ...(message.from.length === 0 ? ['no sender'] : []),
    ...(message.from.some(isDaemon) ? ['a mail system as sender'] : []),
    ...(/report-type="?delivery-status/i.test(headerOf(message, 'content-type')) ? ['its type'] : []),
  ];
  const returned =
    message.returned !== undefined && ofAddress.test(start) ? ['the message that it returns'] : [];
  const answers =
    message.inReplyTo.length > 0 || /^\s*auto-replied/i.test(headerOf(message, 'auto-submitted'));
  if (system.length === 0 && answers && returned.length === 0) return [];
  return [...system, ...returned, ...(message.returnPath === '' ? ['a null return path'] : [])];
}

/** That something was not delivered to an address, in as many words. */
const ofAddress = /(?:deliver(?:ed|y)?|undeliverable|fail(?:ed|ure)|sent) to:?\s{0,3}<?[^\s@<>]{1,128}@/i;

function ofWords(message: InboundMessage, signs: readonly string[]): Classification {
  const { text, rest } = noticeOf(message.text);
  if (arrivals.test(`${subjectOf(message)} ${text}`) && !sentences.test(text))
    return { kind: 'receipt', bounces: [], confidence: 0.85, why: 'it says that the message arrived' };
  const delayed =
    delays.test(`${subjectOf(message)} ${text}`) && !givenUp.test(`${subjectOf(message)} ${text}`);
  const others = ownAddresses(message);
  const named = recipientsOf(message, text, rest, others);
  // Some give the reason of all before they name them.
  const before = named.length > 1 ? text.slice(0, Math.max(0, text.indexOf(named[0]!.context))) : text;
  const bounces = named.map(({ recipient, context }) =>
    bounceOf(recipient, context, undefined, `${subjectOf(message)} ${before}`),
  );
  return {
    kind: delayed ? 'delayed' : 'bounce',
    bounces,
    confidence: signs.length > 1 ? 0.95 : 0.85,
    why: `a report of delivery by ${signs.join(', ')}`,
  };
}

function recipientsOf(message: InboundMessage, text: string, rest: string, others: ReadonlySet<string>) {
  const named = namedRecipients(text, others);
  const listed =
    headerOf(message, 'x-failed-recipients')
      .slice(0, 32 * 1024)
      .match(addressPattern) ?? [];
  if (listed.length > 0) {
    const contexts = new Map(named.map(({ recipient, context }) => [recipient, context]));
    return [...new Set(listed.map(plainAddress))].map((recipient) => ({
      recipient,
      context: contexts.get(recipient) ?? text,
    }));
  }
  const outside = named.filter(({ recipient }) => !others.has(recipient));
  if (outside.length > 0) return outside;
  const addressed = recipientsOfOriginal(message.returned ?? rest, others);
  if (addressed.length > 0) return addressed.map((recipient) => ({ recipient, context: text }));
  return named;
}

/** Whom the returned message was for: told apart from many only where it is one. */
function recipientsOfOriginal(original: string, others: ReadonlySet<string>): string[] {
  const strange = addressedBy(original).filter((one) => !others.has(one));
  return strange.length === 1 ? strange : [];
}

/** Whom a message names as who it is for. */
function addressedBy(original: string): string[] {
  const head = original.slice(0, 32 * 1024);
  const to = /^(?:to|x-original-to|envelope-to|delivered-to)[ \t]{0,10}:(.{0,2000})/im.exec(head)?.[1] ?? '';
  return [...new Set([...to.matchAll(addressPattern)].map(([one]) => plainAddress(one)))];
}

/** A name of a system's own users with its domain, where the message that came back was for one of that name alone. */
function completed(name: string, original: string): string {
  if (name.includes('@')) return name;
  const [one, ...more] = addressedBy(original).filter((address) => address.startsWith(`${name}@`));
  return one !== undefined && more.length === 0 ? one : name;
}

function bounceOf(
  recipient: string,
  diagnostic: string,
  status?: string,
  notice?: string,
  action?: string,
): Bounce {
  const verdict = judge({
    diagnostic,
    ...(status === undefined ? {} : { status }),
    ...(notice === undefined ? {} : { notice }),
  });
  const expired = action === 'expired' || (action === 'delayed' && verdict.reason === 'other');
  return {
    recipient,
    hard: verdict.hard && !expired,
    status: verdict.status,
    reason: expired ? 'expired' : verdict.reason,
    diagnostic: diagnostic.replace(/\s+/g, ' ').trim().slice(0, 500),
  };
}
