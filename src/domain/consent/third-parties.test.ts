import { describe, expect, it } from 'vitest';
import type { Consent } from './consent.js';
import { handOnCoverage } from './third-parties.js';

const now = Date.parse('2026-11-24T09:00:00+01:00');
const rules = {
  over: (when: string) => Date.parse(when) <= now,
  isPurpose: (purpose: string) => ['newsletter', 'partners'].includes(purpose),
};
const word = (more: Partial<Consent> = {}): Consent => ({
  purpose: 'partners',
  state: 'given',
  basis: 'consent',
  at: '2026-01-01',
  third_parties: ['ACME srl', 'Fiera di Milano'],
  ...more,
});
const judged = (consents: Consent[], to = 'ACME srl', purpose?: string) => {
  const found = handOnCoverage(consents, purpose === undefined ? { to } : { to, purpose }, rules);
  return typeof found === 'string' ? found : 'covered';
};

describe('handing a person on', () => {
  it('is covered by a consent that names the party, however spelt, or any party', () => {
    expect(judged([word()])).toBe('covered');
    expect(judged([word()], 'fiera di  MILANO')).toBe('covered');
    expect(judged([word({ third_parties: true })], 'Whoever')).toBe('covered');
    expect(judged([word({ third_parties: 'ACME srl' })])).toBe('covered');
  });

  it('is not covered without one', () => {
    expect(judged([])).toBe('consent_unknown');
    expect(judged([word({ third_parties: false })])).toBe('consent_unknown');
    expect(judged([word({ third_parties: [] })])).toBe('consent_unknown');
    const { third_parties: _, ...silent } = word();
    expect(judged([silent])).toBe('consent_unknown');
    expect(judged([word()], 'ACME spa')).toBe('other_party');
  });

  it('is not covered by what is no consent, over, of the future, or taken back', () => {
    expect(judged([word({ basis: 'legitimate_interest' })])).toBe('other_basis');
    expect(judged([word({ basis: 'contract', third_parties: true })])).toBe('other_basis');
    expect(judged([word({ until: '2026-06-30' })])).toBe('consent_expired');
    expect(judged([word({ at: '2027-01-01' })])).toBe('consent_unknown');
    expect(judged([word(), word({ state: 'withdrawn', at: '2026-02-01' })])).toBe('consent_withdrawn');
    expect(judged([word(), word({ state: 'refused', at: '2026-02-01' })])).toBe('consent_refused');
    expect(judged([word({ state: 'withdrawn' }), word({ at: '2026-02-01' })])).toBe('covered');
  });

  it('takes a later word that says nothing of third parties for the last one', () => {
    expect(judged([word(), word({ at: '2026-03-01', third_parties: false })])).toBe('consent_unknown');
  });

  it('takes a no on any channel, and to a purpose that nobody knows, for a no', () => {
    const no = { state: 'withdrawn', at: '2026-02-01' } as const;
    expect(judged([word(), word({ ...no, channel: 'email' })])).toBe('consent_withdrawn');
    expect(judged([word({ channel: 'phone' }), word({ ...no, channel: 'email' })])).toBe('consent_withdrawn');
    expect(judged([word(), word({ ...no, purpose: 'everything' })])).toBe('consent_withdrawn');
    expect(judged([word(), word({ ...no, purpose: 'newsletter' })])).toBe('covered');
  });

  it('looks at one purpose alone where one is named', () => {
    expect(judged([word()], 'ACME srl', 'partners')).toBe('covered');
    expect(judged([word()], 'ACME srl', 'newsletter')).toBe('consent_unknown');
    expect(judged([word()], 'ACME srl', 'a purpose of the past')).toBe('consent_unknown');
  });
});
