import { describe, expect, it } from 'vitest';
import type { Consent } from './consent.js';
import { standing } from './standing.js';

const now = Date.parse('2026-11-24T09:00:00+01:00');
const over = (when: string) => Date.parse(when) <= now;
const state = (consents: Consent[], isPurpose?: (purpose: string) => boolean) =>
  standing(consents, 'newsletter', 'email', over, isPurpose).state;
const entry = (word: Consent['state'], at: string, more: Partial<Consent> = {}): Consent => ({
  purpose: 'newsletter',
  state: word,
  at,
  ...more,
});

describe('what a person’s word is', () => {
  it('is the latest one, for the channel or for all', () => {
    expect(state([])).toBe('unknown');
    expect(state([entry('given', '2026-01-01'), entry('withdrawn', '2026-02-01')])).toBe('withdrawn');
    expect(
      state([entry('withdrawn', '2026-01-01'), entry('given', '2026-02-01', { channel: 'email' })]),
    ).toBe('given');
    expect(state([entry('given', '2026-02-01', { channel: 'phone' })])).toBe('unknown');
    expect(state([entry('given', '2026-02-01', { until: '2026-03-01' })])).toBe('expired');
  });

  it('is a no in doubt: of a date alone, against a yes with a time on that day, in any order', () => {
    const yes = entry('given', '2026-01-01T10:00:00+01:00');
    const no = entry('withdrawn', '2026-01-01');
    expect(state([yes, no])).toBe('withdrawn');
    expect(state([no, yes])).toBe('withdrawn');
    expect(state([entry('given', '2026-01-01'), entry('refused', '2026-01-01')])).toBe('refused');
  });

  it('is no yes yet where it lies in the future', () => {
    expect(state([entry('given', '2027-01-01')])).toBe('unknown');
    expect(state([entry('refused', '2027-01-01')])).toBe('refused');
  });

  it('is a no to every purpose where the no names one that nobody knows', () => {
    const known = (purpose: string) => purpose === 'newsletter' || purpose === 'service';
    const all = { purpose: 'all' };
    expect(state([entry('given', '2026-01-01'), entry('withdrawn', '2026-02-01', all)], known)).toBe(
      'withdrawn',
    );
    expect(state([entry('given', '2026-02-01', all)], known)).toBe('unknown');
    expect(
      state([entry('given', '2026-01-01'), entry('withdrawn', '2026-02-01', { purpose: 'service' })], known),
    ).toBe('given');
  });
});
