import type { EventKind } from '../event.js';
import { type Json, momentOf, textAt, textsAt } from '../fields.js';
import { type EventFormat, reported, variables } from './format.js';

/** The Event Webhook of SendGrid (twilio.com/docs/sendgrid/for-developers/tracking-events/event). */
const kinds: Readonly<Record<string, EventKind>> = {
  delivered: 'delivered',
  deferred: 'deferred',
  bounce: 'bounced',
  dropped: 'dropped',
  spamreport: 'complained',
  unsubscribe: 'unsubscribed',
  group_unsubscribe: 'unsubscribed',
  open: 'opened',
  click: 'clicked',
};

const ignored = new Set(['processed', 'group_resubscribe']);

/** Classifications of a bounce that say nothing against the address. */
const notTheAddress = /^(?:reputation|content|technical|frequency)/i;

export const sendgrid: EventFormat = {
  source: 'sendgrid',
  is: (value) =>
    typeof value.event === 'string' &&
    'email' in value &&
    ['sg_event_id', 'sg_message_id', 'smtp-id'].some((key) => key in value),
  read(value) {
    const name = textAt(value, 'event') ?? '';
    if (ignored.has(name)) return [{ ignored: name }];
    const event = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (event === undefined) return [{ fault: `sendgrid: there is no event "${name.slice(0, 40)}"` }];
    const own = variables(value, value.unique_args, value.custom_args);
    return [
      reported('sendgrid', {
        event,
        at: momentOf(value.timestamp),
        address: textAt(value, 'email'),
        messageIds: [textAt(value, 'smtp-id'), ...own.messageIds],
        tokens: own.tokens,
        tags: [...textsAt(value, 'category'), ...own.tags],
        bounce: event === 'bounced' ? hardness(value) : undefined,
        reason: textAt(value, 'reason') ?? (event === 'deferred' ? textAt(value, 'response') : undefined),
        url: event === 'clicked' ? textAt(value, 'url') : undefined,
        agent: textAt(value, 'useragent'),
        machine: value.sg_machine_open === true ? 'proxy' : undefined,
        key: textAt(value, 'sg_event_id'),
      }),
    ];
  },
};

/** `blocked` is a refusal of this one message; 4.x.x passes, and 5.2.2 is a full mailbox (RFC 3463). */
function hardness(value: Json): 'hard' | 'soft' {
  const status = textAt(value, 'status') ?? '';
  const passing = status.startsWith('4') || status.startsWith('5.2.2');
  const blamed = notTheAddress.test(textAt(value, 'bounce_classification') ?? '');
  return value.type === 'blocked' || passing || blamed ? 'soft' : 'hard';
}
