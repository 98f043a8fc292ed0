import type { Classification } from './classification.js';
import type { InboundMessage } from './message.js';
import { headerOf } from './senders.js';

/** Fields that mail to many has, and what their value must be. */
const fields: readonly (readonly [string, RegExp])[] = [
  ['list-id', /./],
  ['list-unsubscribe', /./],
  ['list-help', /./],
  ['x-mailing-list', /./],
  ['mailing-list', /./],
  ['feedback-id', /./],
  ['x-campaign', /./],
  ['x-campaignid', /./],
  ['x-mailer-recptid', /./],
  ['x-bulkmail', /./],
  ['x-csa-complaints', /./],
  ['x-report-abuse', /./],
];

/** Names of mailboxes that newsletters come from. */
const mailbox =
  /^(?:news(?:letters?)?|no-?_?reply|do-?not-?reply|updates?|subscri(?:be|ptions?)|marketing|promo(?:tions?)?|offers?|deals|digest|announce(?:ments?)?|bounces?|mailings?|list|lists|online|notifications?|alerts?)\b|@(?:[a-z0-9-]+\.)*(?:newsletters?|news|mailings?|lists?|bounces?|e?mail(?:er|ing)?s?|marketing)\./i;

/** Words of a way out at the end of a newsletter. */
const wayOut =
  /unsubscri(?:be|ption|bing)|(?:to|be|get) (?:be )?removed? (?:yourself |your (?:e-?mail )?(?:address|name) )?from|opt[- ]?out|stop receiving|no longer wish to receive|(?:change|manage|update) your (?:e-?mail |subscription |mailing )?(?:preferences|subscription|profile)|cancel your subscription|disiscri|cancella(?:rsi|ti|re l.iscrizione)|non (?:vuoi|desideri|desidera) pi[uù] ricevere|abbestell|abmeld|austragen|newsletter.{0,40}nicht mehr|d[ée]sabonn|d[ée]sinscri|darse de baja|cancelar (?:la |su )?suscripci/i;

/** Mail to many: a newsletter, or what a list of people passes on; undefined where a message is neither. */
export function readBulk(message: InboundMessage): Classification | undefined {
  // A list to which people write (RFC 2369), which a shared mailbox may be too: an order must not be lost in it.
  const post = headerOf(message, 'list-post');
  if (post !== '' && !/^\s*no\b/i.test(post))
    return { kind: 'person', bounces: [], confidence: 0.6, why: 'a person, by a list that people write to' };
  for (const [name, value] of fields) {
    const told = headerOf(message, name);
    if (told !== '' && value.test(told)) return bulk(0.95, `the field ${name}`);
  }
  // Who writes a certified mail signs it as his own.
  if (message.certified !== undefined) return undefined;
  // An answer quotes the newsletter that it answers, its way out too.
  if (message.inReplyTo.length > 0 || message.references.length > 0 || isAnswer.test(message.subject))
    return undefined;
  if (/^\s*(?:bulk|list|junk)/i.test(headerOf(message, 'precedence'))) return bulk(0.9, 'its precedence');
  if (/\bnewsletter\b/i.test(message.subject)) return bulk(0.8, 'its subject');
  const sender = [...message.from, ...message.replyTo].some(({ address }) => mailbox.test(address));
  const out =
    wayOut.test(message.text.slice(0, 256 * 1024)) || wayOut.test((message.html ?? '').slice(-32 * 1024));
  if (sender && out) return bulk(0.85, 'its sender and a way to unsubscribe');
  if (out && (message.html !== undefined || message.text.length > 1500))
    return bulk(0.75, 'a way to unsubscribe in its text');
  return sender && /no-?_?reply|newsletter/i.test(message.from[0]?.address ?? '')
    ? bulk(0.75, 'its sender')
    : undefined;
}

const isAnswer = /^\s*(?:re|r|aw|sv|rif|antw|tr|fwd?|wg|i|rv|res|enc)\s*(?:\[\d+\])?:/i;

function bulk(confidence: number, why: string): Classification {
  return { kind: 'bulk', bounces: [], confidence, why: `mail to many by ${why}` };
}
