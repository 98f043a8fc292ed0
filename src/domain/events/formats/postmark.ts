import type { EventKind } from '../event.js';
import { type Json, momentOf, textAt } from '../fields.js';
import { type EventFormat, reported, variables } from './format.js';

/** Webhooks of Postmark (postmarkapp.com/developer/webhooks), told by `RecordType`. */
export const postmark: EventFormat = {
  source: 'postmark',
  is: (value) => typeof value.RecordType === 'string',
  read(value) {
    const name = textAt(value, 'RecordType') ?? '';
    const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
    if (!make) return [{ fault: `postmark: there is no RecordType "${name.slice(0, 40)}"` }];
    const draft = make(value);
    if ('ignored' in draft) return [draft];
    const own = variables(value.Metadata);
    return [
      reported('postmark', {
        bounce: undefined,
        url: undefined,
        machine: undefined,
        reason: textAt(value, 'Details') ?? textAt(value, 'Description'),
        address: textAt(value, 'Recipient') ?? textAt(value, 'Email'),
        // Postmark's own id of the message; ours where the message asked to keep it (X-PM-KeepID).
        messageIds: [...own.messageIds, textAt(value, 'MessageID')],
        tokens: own.tokens,
        tags: [textAt(value, 'Tag'), ...own.tags],
        agent: textAt(value, 'UserAgent'),
        key: textAt(value, 'ID') ?? textAt(value, 'MessageID'),
        ...draft,
      }),
    ];
  },
};

type Draft = Partial<Parameters<typeof reported>[1]> & { event: EventKind; at: number | undefined };

/** Types of bounces (postmarkapp.com/developer/api/bounce-api) that are none of a lost message. */
const answers = new Set([
  'AutoResponder',
  'AddressChange',
  'Subscribe',
  'ChallengeVerification',
  'OpenRelayTest',
]);
const neverSent = new Set(['ManuallyDeactivated', 'SMTPApiError', 'InboundError', 'TemplateRenderingFailed']);
const hard = new Set(['HardBounce', 'BadEmailAddress']);

const makers: Readonly<Record<string, (value: Json) => Draft | { ignored: string }>> = {
  Delivery: (value) => ({ event: 'delivered', at: momentOf(value.DeliveredAt), reason: undefined }),
  Bounce(value) {
    const type = textAt(value, 'Type') ?? '';
    const at = momentOf(value.BouncedAt);
    if (answers.has(type)) return { ignored: `Bounce ${type}` };
    if (type === 'Unsubscribe') return { event: 'unsubscribed', at };
    if (type === 'SpamComplaint') return { event: 'complained', at };
    if (neverSent.has(type)) return { event: 'dropped', at };
    return { event: 'bounced', at, bounce: hard.has(type) ? 'hard' : 'soft' };
  },
  SpamComplaint: (value) => ({ event: 'complained', at: momentOf(value.BouncedAt) }),
  Open: (value) => ({ event: 'opened', at: momentOf(value.ReceivedAt), reason: undefined }),
  Click: (value) => ({
    event: 'clicked',
    at: momentOf(value.ReceivedAt),
    url: textAt(value, 'OriginalLink'),
    reason: undefined,
  }),
  SubscriptionChange(value) {
    const at = momentOf(value.ChangedAt);
    const why = textAt(value, 'SuppressionReason');
    if (value.SuppressSending !== true) return { ignored: 'SubscriptionChange' };
    if (why === 'HardBounce') return { event: 'bounced', at, bounce: 'hard', reason: why };
    if (why === 'SpamComplaint') return { event: 'complained', at, reason: why };
    // Whoever of the house took the address off its list did not hear it from the person through Postmark.
    if (textAt(value, 'Origin') !== 'Recipient') return { ignored: 'SubscriptionChange' };
    return { event: 'unsubscribed', at, reason: why };
  },
};
