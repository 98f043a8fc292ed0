import { describe, expect, it } from 'vitest';
import type { Agreement } from './agreement.js';
import { renewalOf } from './renewal.js';

const of = (some: object) => renewalOf({ state: 'active', end: '2027-03-31', ...some } as Agreement);

describe('a renewal', () => {
  it('comes up thirty days before the last day of notice', () => {
    expect(of({ notice_days: 30 })).toEqual({ opens: '2027-01-30', notice: '2027-03-01', end: '2027-03-31' });
    expect(of({})).toEqual({ opens: '2027-03-01', notice: '2027-03-31', end: '2027-03-31' });
    expect(of({ notice_days: -5 })?.notice).toBe('2027-03-31');
  });

  it.each<[string, object]>([
    ['one that is not active', { state: 'terminated' }],
    ['one without an end', { end: undefined }],
    ['an end that no year has', { end: '2027-13-45' }],
    ['a notice that is no number', { notice_days: 'many' }],
  ])('is none for %s', (_what, some) => expect(of(some)).toBeUndefined());
});
