import { describe, expect, it } from 'vitest';
import { isComplete, postalLines } from './postal-lines.js';

describe('the lines of an address', () => {
  it.each([
    [
      { street: 'Via Roma 1', postal_code: '20121', locality: 'Milano', region: 'MI' },
      ['Via Roma 1', '20121 Milano MI'],
    ],
    [
      { street: 'Hauptstr. 5\nHinterhaus', postal_code: '80331', locality: 'München', country: 'DE' },
      ['Hauptstr. 5', 'Hinterhaus', '80331 München', 'GERMANIA'],
    ],
    [
      { street: '1 Main St', locality: 'Springfield', region: 'IL', postal_code: '62701', country: 'US' },
      ['1 Main St', 'Springfield IL 62701', 'STATI UNITI'],
    ],
    [
      { street: '10 Downing Street', locality: 'London', postal_code: 'SW1A 2AA', country: 'GB' },
      ['10 Downing Street', 'London', 'SW1A 2AA', 'REGNO UNITO'],
    ],
    [{ street: 'Via\tRoma\u202e 1', locality: 'Roma', country: 'IT' }, ['Via Roma 1', 'Roma']],
    [{ street: 'X', locality: 'Y', country: 'ZZ' }, ['X', 'Y', expect.any(String)]],
  ])('%j', (address, lines) => expect(postalLines(address, 'IT', 'it')).toEqual(lines));

  it('a letter needs a street and a place', () => {
    expect(isComplete({ street: 'Via Roma 1', locality: 'Milano' })).toBe(true);
    expect(isComplete({ street: 'Via Roma 1', postal_code: '20121' })).toBe(true);
    expect(isComplete({ street: 'Via Roma 1' })).toBe(false);
    expect(isComplete({ street: ' ', locality: 'Milano' })).toBe(false);
  });
});
