import { describe, expect, it } from 'vitest';
import { contradiction } from './contradiction.js';
import type { ReportedEvent } from './event.js';

const message = {
  message_id: '<a@example.com>',
  contact: 'p-a',
  address: 'a@example.org',
  token: 'a',
  at: '2026-11-20T10:00:00+01:00',
};
const against = (more: Partial<ReportedEvent>) =>
  contradiction(
    {
      event: 'delivered',
      source: 'postmark',
      at: Date.parse(message.at),
      messageIds: [],
      tokens: [],
      tags: [],
      ...more,
    },
    message,
  );

describe('an event that names a message', () => {
  it('may spell its address as it likes, or tell none', () => {
    for (const address of [undefined, 'A@Example.org', 'a+news@example.org', 'Ann <a@example.org>'])
      expect(against({ address })).toBeUndefined();
  });

  it('is not of it where it tells of another address, or of something that is none', () => {
    for (const address of ['b@example.org', 'a@example.com', 'nobody'])
      expect(against({ address })).toContain(`of ${address}, and the message it names went to a@example.org`);
  });

  it('may come from a clock that is slow, by a day at most', () => {
    expect(against({ at: Date.parse('2026-11-19T09:00:00Z') })).toBeUndefined();
    expect(against({ at: Date.parse('2026-11-19T08:59:59Z') })).toContain('2026-11-19T08:59:59.000Z');
    expect(against({ at: Date.parse('2036-01-01T00:00:00Z') })).toBeUndefined();
  });
});
