import { expect, it } from 'vitest';
import { touchOf } from './touch.js';

const call = { channel: 'phone', direction: 'outbound', by: 'anna', outcome: 'reached', campaign: false };

it.each([
  ['a call', call, 'personal'],
  ['a call that nobody took', { ...call, outcome: 'no_answer' }, 'none'],
  ['a call by nobody knows whom', { ...call, by: null }, 'other'],
  ['a call of a campaign', { ...call, campaign: true }, 'automated'],
  ['a call that answers a campaign', { ...call, campaign: true, direction: 'inbound' }, 'personal'],
  ['a visit', { ...call, channel: 'visit', outcome: null }, 'personal'],
  ['a mail', { ...call, channel: 'email' }, 'other'],
  ['a note', { ...call, channel: 'note', direction: null }, 'none'],
  ['a talk among colleagues', { ...call, direction: 'internal' }, 'none'],
])('%s is judged', (_, contact, touch) => {
  expect(touchOf(contact)).toBe(touch);
});
