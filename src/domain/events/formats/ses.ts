import type { EventKind, Reading } from '../event.js';
import { isObject, type Json, momentOf, objectAt, objectsAt, textAt, textsAt } from '../fields.js';
import { type EventFormat, reported, tokenOf, variables } from './format.js';

/**
 * Event publishing and feedback notifications of Amazon SES, as they are or in the envelope of Amazon SNS
 * (docs.aws.amazon.com/ses, "event data that Amazon SES publishes to Amazon SNS").
 */
export const ses: EventFormat = {
  source: 'ses',
  is: (value) =>
    ((typeof value.eventType === 'string' || typeof value.notificationType === 'string') &&
      isObject(value.mail)) ||
    (typeof value.Type === 'string' && typeof value.TopicArn === 'string'),
  read(value) {
    if (typeof value.TopicArn !== 'string') return readOne(value);
    if (value.Type === 'SubscriptionConfirmation' || value.Type === 'UnsubscribeConfirmation')
      return [{ ignored: value.Type }];
    let inner: unknown;
    try {
      inner = JSON.parse(String(value.Message));
    } catch {
      return [{ fault: 'ses: the notification holds no JSON' }];
    }
    if (isObject(inner) && isObject(inner.mail)) return readOne(inner);
    return [{ fault: 'ses: the notification is about no mail' }];
  },
};

const ignored = new Set(['send', 'rendering failure']);

function readOne(value: Json): Reading[] {
  const name = textAt(value, 'eventType') ?? textAt(value, 'notificationType') ?? '';
  const make = Object.hasOwn(makers, name.toLowerCase()) ? makers[name.toLowerCase()] : undefined;
  if (ignored.has(name.toLowerCase())) return [{ ignored: name }];
  if (!make) return [{ fault: `ses: there is no event "${name.slice(0, 40)}"` }];
  const drafts = make(value);
  if (!Array.isArray(drafts)) return [drafts];
  if (drafts.length === 0) return [{ fault: `ses: ${name} names no recipient` }];
  const mail = objectAt(value, 'mail');
  const own = variables(firstOfEach(objectAt(mail, 'tags')));
  const header = objectsAt(mail, 'headers').find(({ name: key }) => /^message-id$/i.test(String(key)));
  return drafts.map((draft) =>
    reported('ses', {
      bounce: undefined,
      reason: undefined,
      url: undefined,
      agent: undefined,
      machine: undefined,
      // One message of ours goes to one person; without recipients of its own the event is about him.
      address: textsAt(mail, 'destination')[0],
      messageIds: [
        textAt(objectAt(mail, 'commonHeaders'), 'messageId'),
        header && textAt(header, 'value'),
        ...own.messageIds,
      ],
      tokens: [tokenOf(textAt(mail, 'source')), ...own.tokens],
      tags: own.tags,
      key: textAt(mail, 'messageId'),
      ...draft,
    }),
  );
}

type Draft = Partial<Parameters<typeof reported>[1]> & { event: EventKind; at: number | undefined };

const makers: Readonly<Record<string, (value: Json) => Draft[] | { ignored: string }>> = {
  delivery(value) {
    const { timestamp, recipients } = objectAt(value, 'delivery');
    return textsAt({ recipients }, 'recipients').map((address) => ({
      event: 'delivered',
      at: momentOf(timestamp),
      address,
    }));
  },
  deliverydelay(value) {
    const delay = objectAt(value, 'deliveryDelay');
    return objectsAt(delay, 'delayedRecipients').map((one) => ({
      event: 'deferred',
      at: momentOf(delay.timestamp),
      address: textAt(one, 'emailAddress'),
      reason: textAt(one, 'diagnosticCode') ?? textAt(delay, 'delayType'),
    }));
  },
  bounce(value) {
    const bounce = objectAt(value, 'bounce');
    const [type, subtype] = [textAt(bounce, 'bounceType'), textAt(bounce, 'bounceSubType')];
    return objectsAt(bounce, 'bouncedRecipients').map((one) => ({
      // An address on the account's own list was not written to.
      event: subtype === 'OnAccountSuppressionList' ? 'dropped' : 'bounced',
      ...(subtype === 'OnAccountSuppressionList'
        ? {}
        : { bounce: type === 'Permanent' ? ('hard' as const) : ('soft' as const) }),
      at: momentOf(bounce.timestamp),
      address: textAt(one, 'emailAddress'),
      reason: textAt(one, 'diagnosticCode') ?? [type, subtype].filter(Boolean).join(' '),
    }));
  },
  complaint(value) {
    const complaint = objectAt(value, 'complaint');
    const kind = textAt(complaint, 'complaintFeedbackType');
    // Of the types of RFC 5965 this one takes a complaint back.
    if (kind === 'not-spam') return { ignored: 'Complaint not-spam' };
    return objectsAt(complaint, 'complainedRecipients').map((one) => ({
      event: 'complained',
      at: momentOf(complaint.timestamp),
      address: textAt(one, 'emailAddress'),
      reason: kind,
    }));
  },
  reject: (value) => [
    {
      event: 'dropped',
      at: momentOf(objectAt(value, 'mail').timestamp),
      reason: textAt(objectAt(value, 'reject'), 'reason'),
    },
  ],
  open(value) {
    const open = objectAt(value, 'open');
    return [{ event: 'opened', at: momentOf(open.timestamp), agent: textAt(open, 'userAgent') }];
  },
  click(value) {
    const click = objectAt(value, 'click');
    const [url, agent] = [textAt(click, 'link'), textAt(click, 'userAgent')];
    return [{ event: 'clicked', at: momentOf(click.timestamp), url, agent }];
  },
  subscription(value) {
    const said = objectAt(value, 'subscription');
    if (objectAt(said, 'newTopicPreferences').unsubscribeAll !== true) return { ignored: 'Subscription' };
    return [{ event: 'unsubscribed', at: momentOf(said.timestamp), reason: textAt(said, 'source') }];
  },
};

/** The tags of SES are lists of values by name. */
function firstOfEach(tags: Json): Json {
  return Object.fromEntries(Object.keys(tags).map((key) => [key, textsAt(tags, key)[0]]));
}
