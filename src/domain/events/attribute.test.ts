import { describe, expect, it } from 'vitest';
import { Attribution, lineOf } from './attribute.js';
import type { ReportedEvent } from './event.js';

const spring = { id: 'aaaaaaaaaa' };
const summer = { id: 'bbbbbbbbbb' };
const message = (name: string, campaign: string) => ({
  message_id: `<${name}.${campaign}@example.com>`,
  contact: `p-${name}`,
  address: `${name}@example.org`,
  token: `${name}-${campaign}`,
  at: '2026-11-20T10:00:00Z',
});
const attribution = new Attribution<{ id: string }>();
attribution.add(spring, message('a', 'spring'));
attribution.add(summer, message('a', 'summer'));
attribution.add(summer, { ...message('a', 'summer'), token: 'again', at: '2026-11-20T10:30:00+01:00' });

const event = (more: Partial<ReportedEvent>): ReportedEvent => ({
  event: 'delivered',
  source: 'postmark',
  at: 0,
  messageIds: [],
  tokens: [],
  tags: [],
  ...more,
});
const campaignOf = (more: Partial<ReportedEvent>) => attribution.find(event(more))?.campaign.id;

describe('whose message an event is about', () => {
  it('is told by the Message-ID first, then the token, then address and campaign', () => {
    expect(campaignOf({ messageIds: ['theirs', 'a.spring@example.com'], tokens: ['a-summer'] })).toBe(
      spring.id,
    );
    expect(campaignOf({ messageIds: ['<a.summer@example.com>'] })).toBe(summer.id);
    expect(campaignOf({ messageIds: ['theirs'], tokens: ['a-spring'], tags: [summer.id] })).toBe(spring.id);
    expect(campaignOf({ tokens: ['again'] })).toBe(summer.id);
    expect(campaignOf({ address: 'A+x@Example.org', tags: ['News', `summer-${summer.id}`] })).toBe(summer.id);
  });

  it('is never guessed', () => {
    expect(campaignOf({ address: 'a@example.org' })).toBeUndefined();
    expect(campaignOf({ address: 'b@example.org', tags: [summer.id] })).toBeUndefined();
    expect(campaignOf({ address: 'a@example.org', tags: ['cccccccccc', 'summer'] })).toBeUndefined();
    expect(campaignOf({ tags: [summer.id] })).toBeUndefined();
  });

  it('left, if it was begun twice, the first time', () => {
    for (const more of [
      { tokens: ['again'] },
      { tokens: ['a-summer'] },
      { address: 'a@example.org', tags: [summer.id] },
    ])
      expect(attribution.find(event(more))?.message.at).toBe('2026-11-20T10:30:00+01:00');
  });

  it('makes the same line, however it was found', () => {
    const byId = event({ messageIds: ['<a.summer@example.com>'], address: 'A@example.org' });
    const byToken = event({ tokens: ['again'], tags: ['x'] });
    const lines = [byId, byToken].map((one) => lineOf(one, attribution.find(one)?.message as never));
    expect(lines[0]).toEqual(lines[1]);
    expect(lines[0]).toEqual({
      event: 'delivered',
      at: '1970-01-01T00:00:00.000Z',
      source: 'postmark',
      message_id: '<a.summer@example.com>',
      contact: 'p-a',
      address: 'a@example.org',
    });
  });
});
