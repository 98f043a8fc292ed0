import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../event.js';
import { readEvents } from './index.js';

/** What was made of an object, in short: `source event bounce`. */
function told(value: unknown): string[] {
  const { source, readings } = readEvents(value);
  return readings.map((reading: Reading) => {
    if ('ignored' in reading) return `${source} ignored`;
    if ('fault' in reading) return `${source ?? 'nobody'} fault`;
    return [source, reading.event.event, reading.event.bounce].filter(Boolean).join(' ');
  });
}

const second = 1795250000;
const iso = '2026-11-21T09:00:00.000Z';
const grid = (event: string, more = {}) => ({
  event,
  email: 'a@example.org',
  timestamp: second,
  sg_event_id: 'x',
  ...more,
});
const gun = (event: string, more = {}) => ({
  signature: { token: 't' },
  'event-data': { event, timestamp: second + 0.5, recipient: 'a@example.org', id: 'x', ...more },
});
const mail = { messageId: 'x', timestamp: iso, source: 'b+tok@example.com', destination: ['a@example.org'] };
const amazon = (eventType: string, more = {}) => ({ eventType, mail, ...more });
const blue = (event: string, more = {}) => ({
  event,
  email: 'a@example.org',
  ts_event: second,
  'message-id': '<m@example.com>',
  ...more,
});
const post = (RecordType: string, more = {}) => ({
  RecordType,
  MessageID: 'x',
  Recipient: 'a@example.org',
  ...more,
});

describe('reports of providers', () => {
  it.each([
    [grid('processed'), ['sendgrid ignored']],
    [grid('delivered'), ['sendgrid delivered']],
    [grid('bounce', { type: 'bounce', status: '5.1.1' }), ['sendgrid bounced hard']],
    [grid('bounce', { type: 'blocked', status: '5.7.1' }), ['sendgrid bounced soft']],
    [grid('bounce', { type: 'bounce', status: '5.2.2' }), ['sendgrid bounced soft']],
    [grid('bounce', { bounce_classification: 'Reputation' }), ['sendgrid bounced soft']],
    [grid('dropped'), ['sendgrid dropped']],
    [grid('spamreport'), ['sendgrid complained']],
    [grid('group_unsubscribe'), ['sendgrid unsubscribed']],
    [grid('constructor'), ['sendgrid fault']],
    [grid('open', { timestamp: 'soon' }), ['sendgrid fault']],
    [gun('accepted'), ['mailgun ignored']],
    [gun('failed', { severity: 'temporary' }), ['mailgun deferred']],
    [gun('failed', { severity: 'permanent', 'delivery-status': { code: 550 } }), ['mailgun bounced hard']],
    [gun('failed', { severity: 'permanent', reason: 'old' }), ['mailgun bounced soft']],
    [gun('failed', { severity: 'permanent', reason: 'suppress-bounce' }), ['mailgun dropped']],
    [
      { items: [gun('opened')['event-data'], gun('unsubscribed')['event-data']], paging: {} },
      ['mailgun opened', 'mailgun unsubscribed'],
    ],
    [amazon('Send'), ['ses ignored']],
    [amazon('Reject', { reject: { reason: 'Bad content' } }), ['ses dropped']],
    [
      amazon('Delivery', { delivery: { timestamp: iso, recipients: ['a@example.org', 'b@example.org'] } }),
      ['ses delivered', 'ses delivered'],
    ],
    [
      {
        notificationType: 'Bounce',
        mail,
        bounce: { bounceType: 'Transient', timestamp: iso, bouncedRecipients: [{ emailAddress: 'a@b.org' }] },
      },
      ['ses bounced soft'],
    ],
    [
      amazon('Complaint', {
        complaint: { timestamp: iso, complainedRecipients: [{ emailAddress: 'a@example.org' }] },
      }),
      ['ses complained'],
    ],
    [amazon('Complaint', { complaint: { complaintFeedbackType: 'not-spam' } }), ['ses ignored']],
    [amazon('Bounce', { bounce: { timestamp: iso } }), ['ses fault']],
    [{ Type: 'SubscriptionConfirmation', TopicArn: 'arn', Message: 'x' }, ['ses ignored']],
    [{ Type: 'Notification', TopicArn: 'arn', Message: 'Successfully validated' }, ['ses fault']],
    [
      amazon('Subscription', {
        subscription: { timestamp: iso, newTopicPreferences: { unsubscribeAll: true } },
      }),
      ['ses unsubscribed'],
    ],
    [blue('request'), ['brevo ignored']],
    [blue('hard_bounce'), ['brevo bounced hard']],
    [blue('soft_bounce'), ['brevo bounced soft']],
    [blue('unique_proxy_open'), ['brevo opened']],
    [
      {
        events: [
          { event: 'hardBounces', email: 'a@b.org', date: '2026-11-21T09:00:00+01:00', messageId: 'm' },
        ],
      },
      ['brevo bounced hard'],
    ],
    [post('Delivery', { DeliveredAt: iso }), ['postmark delivered']],
    [post('Bounce', { Type: 'HardBounce', BouncedAt: iso }), ['postmark bounced hard']],
    [post('Bounce', { Type: 'Transient', BouncedAt: iso }), ['postmark bounced soft']],
    [post('Bounce', { Type: 'AutoResponder', BouncedAt: iso }), ['postmark ignored']],
    [post('SpamComplaint', { BouncedAt: iso }), ['postmark complained']],
    [
      post('SubscriptionChange', {
        ChangedAt: iso,
        SuppressSending: true,
        SuppressionReason: 'ManualSuppression',
        Origin: 'Recipient',
      }),
      ['postmark unsubscribed'],
    ],
    [post('SubscriptionChange', { SuppressSending: false }), ['postmark ignored']],
    [{ hello: 'world' }, ['nobody fault']],
    [[1, 2], ['nobody fault']],
    [null, ['nobody fault']],
  ])('%# are told by their shape', (value, expected) => {
    expect(told(value)).toEqual(expected);
  });

  it('carry what says whose message it was', () => {
    const one = (value: unknown) =>
      (readEvents(value).readings[0] as Extract<Reading, { event: object }>).event;
    expect(one(amazon('Open', { open: { timestamp: iso, userAgent: 'x' } }))).toMatchObject({
      tokens: ['tok'],
      address: 'a@example.org',
      agent: 'x',
    });
    expect(one(post('Open', { ReceivedAt: iso, Tag: 'news-x', Metadata: { token: 'tok' } }))).toMatchObject({
      tags: ['news-x'],
      tokens: ['tok'],
    });
    expect(one(blue('click', { tag: '["one","two"]', link: 'https://x.org' }))).toMatchObject({
      tags: ['one', 'two'],
      url: 'https://x.org',
      messageIds: ['<m@example.com>'],
    });
    expect(one(gun('clicked', { 'client-info': { bot: 'gmail' } }))).toMatchObject({ machine: 'proxy' });
    expect(one(grid('bounce', { reason: `550\r\n${'x'.repeat(9999)}` })).reason).toHaveLength(500);
  });

  it('of any shape are read without an accident', () => {
    const names = [
      'event',
      'email',
      'timestamp',
      'mail',
      'eventType',
      'RecordType',
      'bounce',
      'event-data',
      'items',
    ];
    const object = fc.dictionary(fc.constantFrom(...names, 'sg_event_id', 'recipient'), fc.jsonValue());
    fc.assert(
      fc.property(fc.oneof(object, fc.jsonValue()), (value) => {
        for (const reading of readEvents(value).readings)
          expect(Object.keys(reading).some((key) => ['event', 'fault', 'ignored'].includes(key))).toBe(true);
      }),
    );
  });
});
