import { describe, expect, it } from 'vitest';
import { doubleSources } from './double-sources.js';

describe('what two systems own', () => {
  it('is told where a thing names both, or is named in two spellings', () => {
    const sources = {
      lists: { customers: ['itaca', 'erp'], 'Fair 2026': 'itaca', 'fair-2026': 'mailer', invoices: 'erp' },
      sends: { newsletter: 'itaca', Newsletter: 'itaca' },
    };
    expect(doubleSources(sources)).toEqual([
      { group: 'lists', names: ['customers'], systems: ['itaca', 'erp'] },
      { group: 'lists', names: ['Fair 2026', 'fair-2026'], systems: ['itaca', 'mailer'] },
    ]);
  });

  it('is not told of things in two groups, of a system named twice, and of one that is not named', () => {
    const sources = { lists: { x: 'a', y: ['a', 'a'], z: null, Z: 'a' }, events: { x: 'b' } };
    expect(doubleSources(sources)).toEqual([]);
  });

  it('is not told of names that have no letter in common', () => {
    expect(doubleSources({ lists: { '***': 'a', '!!!': 'b', Ä: 'a', Ö: 'b', 日: 'a', 本: 'b' } })).toEqual(
      [],
    );
  });

  it('is nothing in what is no list of sources', () => {
    for (const sources of [undefined, null, 'x', ['x'], { lists: 'x' }, { lists: ['x'] }])
      expect(doubleSources(sources)).toEqual([]);
  });
});
