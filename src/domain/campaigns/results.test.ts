import { describe, expect, it } from 'vitest';
import { type Delivered, reactionsTo, type Trace } from './results.js';

const message = (campaign: string, contact: string, at: number): Delivered => ({
  campaign,
  contact,
  ref: `p-${contact}`,
  address: `${contact}@example.org`,
  message_id: `<${campaign}.${contact}@example.org>`,
  at,
});
const messages = [message('spring', 'a', 10), message('spring', 'b', 11), message('summer', 'a', 20)];
const unsubscribed = (more: Partial<Trace>): Trace => ({ what: 'unsubscribed', ref: 's', at: 15, ...more });
const of = (campaign: string, ...traces: Trace[]) =>
  reactionsTo(campaign, messages, traces).map(({ what, ref, evidence }) => `${what} ${ref} ${evidence}`);

describe('what people did after a campaign', () => {
  it('belongs to the last message they got before', () => {
    const at15 = unsubscribed({ addresses: ['a@example.org'] });
    const at25 = unsubscribed({ addresses: ['a@example.org'], at: 25 });
    const before = unsubscribed({ addresses: ['a@example.org'], at: 5 });
    expect(of('spring', at15)).toEqual(['unsubscribed p-a s']);
    expect(of('summer', at15)).toEqual([]);
    expect(of('spring', at25)).toEqual([]);
    expect(of('summer', at25)).toEqual(['unsubscribed p-a s']);
    expect([...of('spring', before), ...of('summer', before)]).toEqual([]);
  });

  it('belongs to the campaign that it names, or whose message it answers', () => {
    const named = unsubscribed({ addresses: ['a@example.org'], at: 25, campaign: 'spring' });
    expect([of('spring', named), of('summer', named)]).toEqual([['unsubscribed p-a s'], []]);
    const reply: Trace = {
      what: 'replied',
      ref: 'i',
      at: 30,
      answers: ['<spring.b@example.org>'],
      named: true,
    };
    expect(of('spring', reply)).toEqual(['replied p-b i']);
    expect(of('spring', { ...reply, answers: ['<other@example.org>'], contacts: ['b'] })).toEqual([]);
  });

  it('counts each person once, by the first proof, and nobody who got nothing', () => {
    const two = [12, 11].map((at) => unsubscribed({ contacts: ['b'], at, ref: `s${at}` }));
    expect(of('spring', ...two)).toEqual(['unsubscribed p-b s11']);
    expect(of('spring', unsubscribed({ contacts: ['z'], campaign: 'spring' }))).toEqual([]);
  });
});
