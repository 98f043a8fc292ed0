import { describe, expect, it } from 'vitest';
import { formerPosition } from './positions.js';

const acme = 'acme-k3f9w2q8ab';

describe('whoever goes to another firm', () => {
  it('leaves a position, which began when the one before ended', () => {
    const positions = [{ company: 'old-k3f9w2q8ac', until: '2024-05-01' }];
    expect(
      formerPosition({ company: acme, title: 'Buyer', positions }, 'bassi-k3f9w2q8ad', '2026-11-20'),
    ).toEqual({
      company: acme,
      title: 'Buyer',
      from: '2024-05-01',
      until: '2026-11-20',
    });
    expect(formerPosition({ company: acme }, '', '2026-11-20')).toEqual({
      company: acme,
      until: '2026-11-20',
    });
  });

  it('leaves none where he was at none, or where the firm is called otherwise', () => {
    expect(formerPosition({}, acme, '2026-11-20')).toBeUndefined();
    expect(formerPosition({ company: acme }, 'acme-spa-k3f9w2q8ab', '2026-11-20')).toBeUndefined();
    expect(formerPosition({ company: acme, positions: 'x' }, '', '2026-11-20')).toMatchObject({
      company: acme,
    });
  });
});
