import { describe, expect, it } from 'vitest';
import { fateOf } from './belongs.js';

const [mario, anna, kase] = ['k3f9w2q8ab', '2s8hbhmhza', '4hqw7d1zta'];
const rules = { contacts: new Set([mario]), removed: new Set([mario, kase]), kept: new Set<never>() };

describe('what becomes of a record of a person who is erased', () => {
  it.each([
    ['interaction', { contacts: [`mario-${mario}`] }, 'removed'],
    ['interaction', { contacts: [`mario-${mario}`, `anna-${anna}`] }, 'redacted'],
    ['interaction', { case: `broken-${kase}` }, 'removed'],
    ['interaction', { case: `broken-${kase}`, contacts: [`anna-${anna}`] }, 'redacted'],
    ['interaction', { contacts: [`anna-${anna}`] }, 'untouched'],
    ['promise', { to: `mario-${mario}` }, 'removed'],
    ['case', { contact: `mario-${mario}`, company: 'acme-0000000000' }, 'removed'],
    ['deal', { contact: `mario-${mario}` }, 'removed'],
    ['deal', { contact: `mario-${mario}`, company: 'acme-0000000000' }, 'redacted'],
    ['decision', { pair: [mario, anna] }, 'removed'],
    ['company', { parent: 'acme-0000000000' }, 'untouched'],
  ] as const)('%s %j is %s', (kind, data, fate) => {
    expect(fateOf({ kind, data }, rules)).toBe(fate);
  });

  it('is to stay where the law wants that', () => {
    const order = { kind: 'order' as const, data: { contact: `mario-${mario}` } };
    expect(fateOf(order, rules)).toBe('removed');
    expect(fateOf(order, { ...rules, kept: new Set(['order' as const]) })).toBe('redacted');
  });
});
