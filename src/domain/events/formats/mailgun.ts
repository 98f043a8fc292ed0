import type { EventKind, Machine } from '../event.js';
import { isObject, type Json, momentOf, objectAt, objectsAt, textAt, textsAt } from '../fields.js';
import { type EventFormat, reported, tokenOf, variables } from './format.js';

/** Webhooks (`event-data`) and the Events API (`items`) of Mailgun (documentation.mailgun.com, Event Structure). */
const kinds: Readonly<Record<string, EventKind>> = {
  delivered: 'delivered',
  failed: 'bounced',
  rejected: 'dropped',
  complained: 'complained',
  unsubscribed: 'unsubscribed',
  opened: 'opened',
  clicked: 'clicked',
};

const ignored = new Set([
  'accepted',
  'stored',
  'list_member_uploaded',
  'list_member_upload_error',
  'list_uploaded',
]);

export const mailgun: EventFormat = {
  source: 'mailgun',
  is: (value) =>
    isObject(value['event-data']) ||
    (Array.isArray(value.items) && isObject(value.paging)) ||
    (typeof value.event === 'string' && 'recipient' in value && 'timestamp' in value),
  read(value) {
    if (Array.isArray(value.items)) return objectsAt(value, 'items').map(readOne);
    return [readOne(isObject(value['event-data']) ? value['event-data'] : value)];
  },
};

function readOne(value: Json) {
  const name = textAt(value, 'event') ?? '';
  if (ignored.has(name)) return { ignored: name };
  let event = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (event === undefined) return { fault: `mailgun: there is no event "${name.slice(0, 40)}"` };
  const why = textAt(value, 'reason') ?? '';
  if (name === 'failed') {
    // A temporary failure is tried again; an address on Mailgun's own list was never tried.
    if (value.severity === 'temporary') event = 'deferred';
    else if (why.startsWith('suppress-')) event = 'dropped';
  }
  const status = objectAt(value, 'delivery-status');
  const message = objectAt(value, 'message');
  const client = objectAt(value, 'client-info');
  const own = variables(value['user-variables']);
  return reported('mailgun', {
    event,
    at: momentOf(value.timestamp),
    address: textAt(value, 'recipient'),
    messageIds: [textAt(objectAt(message, 'headers'), 'message-id'), ...own.messageIds],
    tokens: [tokenOf(textAt(objectAt(value, 'envelope'), 'sender')), ...own.tokens],
    tags: [...textsAt(value, 'tags'), ...own.tags],
    bounce: event === 'bounced' ? hardness(why, status) : undefined,
    reason: [textAt(status, 'code'), textAt(status, 'message') || textAt(status, 'description') || why]
      .filter(Boolean)
      .join(' '),
    url: event === 'clicked' ? textAt(value, 'url') : undefined,
    agent: textAt(client, 'user-agent'),
    machine: machineOf(textAt(client, 'bot')),
    key: textAt(value, 'id'),
  });
}

/** `old` is a message that was tried for too long; 5.2.2 is a full mailbox (RFC 3463). */
function hardness(why: string, status: Json): 'hard' | 'soft' {
  const enhanced = textAt(status, 'bounce-code') ?? textAt(status, 'enhanced-code') ?? '';
  const code = textAt(status, 'code') ?? '';
  const passing = /^4/.test(code) || /^4|^5\.2\.2/.test(enhanced);
  return why === 'old' || passing ? 'soft' : 'hard';
}

/** Mailgun names the machine where it knows one: `apple` and `gmail` fetch pictures, others are robots. */
function machineOf(bot: string | undefined): Machine | undefined {
  if (bot === undefined) return undefined;
  return /^(?:apple|gmail|google|yahoo)$/i.test(bot) ? 'proxy' : 'bot';
}
