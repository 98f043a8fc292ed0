import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overAt } from '../campaigns/moment.js';
import { mergeMaps } from '../merge/merge-value.js';
import type { Consent } from './consent.js';
import { lacksProof, type StandingRules, standingsOf, standingTowards } from './standings.js';

const rules: StandingRules = {
  purposes: { newsletter: { basis: 'consent' }, service: { basis: 'contract' } },
  over: overAt('2026-11-20T11:00:00+01:00'),
  soon: overAt('2026-12-20T11:00:00+01:00'),
};

const word = (state: Consent['state'], at: string, more: Partial<Consent> = {}): Consent => ({
  purpose: 'newsletter',
  state,
  at,
  ...more,
});

const brief = (consents: Consent[]) =>
  standingsOf(consents, rules).map(({ purpose, channel, state, may_write: may }) =>
    [purpose, channel ?? 'all', state, may ? 'may' : 'may not'].join(' '),
  );

describe('how a person stands', () => {
  it('is unknown to begin with, which is enough for a contract', () => {
    expect(brief([])).toEqual(['newsletter all unknown may not', 'service all unknown may']);
  });

  it('has a line for each channel that was named, and one for the others where something was said of them', () => {
    expect(brief([word('given', '2026-01-01', { channel: 'email' })])).toEqual([
      'newsletter email given may',
      'service all unknown may',
    ]);
    expect(brief([word('given', '2026-01-01'), word('refused', '2026-02-01', { channel: 'phone' })])).toEqual(
      ['newsletter phone refused may not', 'newsletter all given may', 'service all unknown may'],
    );
  });

  it('tells of a yes that ends soon, and of one that has ended', () => {
    const until = (when: string) => brief([word('given', '2026-01-01', { until: when })])[0];
    expect(until('2027-06-01')).toBe('newsletter all given may');
    expect(until('2026-12-19')).toBe('newsletter all expiring may');
    expect(until('2026-11-20')).toBe('newsletter all expiring may');
    expect(until('2026-11-19')).toBe('newsletter all expired may not');
  });

  it('counts from the moment it is said', () => {
    expect(brief([word('given', '2026-11-20T11:00:00+01:00')])[0]).toBe('newsletter all given may');
    expect(brief([word('given', '2026-11-20T11:00:01+01:00')])[0]).toBe('newsletter all unknown may not');
  });
});

describe('proof', () => {
  it('is what was shown or what was signed, and only a consent needs any', () => {
    expect(lacksProof(word('given', '2026-01-01'))).toBe(true);
    expect(lacksProof(word('given', '2026-01-01', { evidence: ' ' }))).toBe(true);
    expect(lacksProof(word('given', '2026-01-01', { evidence: 'sheet 3' }))).toBe(false);
    expect(lacksProof(word('given', '2026-01-01', { wording_sha256: 'a'.repeat(64) }))).toBe(false);
    expect(lacksProof(word('given', '2026-01-01', { basis: 'contract' }))).toBe(false);
    expect(lacksProof(word('withdrawn', '2026-01-01'))).toBe(false);
  });
});

const entry: fc.Arbitrary<Consent> = fc
  .record({
    purpose: fc.constantFrom('newsletter', 'service'),
    state: fc.constantFrom('given' as const, 'refused' as const, 'withdrawn' as const),
    minute: fc.integer({ min: 0, max: 5000 }),
    channel: fc.option(fc.constantFrom('email', 'phone'), { nil: undefined }),
    by: fc.constantFrom('anna', 'bo'),
  })
  .map(({ minute, channel, ...rest }) => ({
    ...rest,
    at: new Date(Date.parse('2026-11-01T00:00:00Z') + minute * 60_000).toISOString(),
    ...(channel === undefined ? {} : { channel }),
  }));

const entries = fc.array(entry, { maxLength: 6 });

const merged = (base: Consent[], ours: Consent[], theirs: Consent[]) => {
  const conflicts = new Set<string>();
  const context = { prefer: 'ours' as const, conflicts };
  const of = (consents: Consent[]) => (consents.length === 0 ? {} : { consents });
  const { consents = [] } = mergeMaps({ base: of(base), ours: of(ours), theirs: of(theirs) }, context);
  expect(conflicts.size).toBe(0);
  return consents as Consent[];
};

describe('what two clones wrote', () => {
  it('is all there after the merge, without a conflict, and the same on both sides', () => {
    fc.assert(
      fc.property(entries, entries, entries, (base, a, b) => {
        const [ours, theirs] = [
          [...base, ...a],
          [...base, ...b],
        ];
        const one = merged(base, ours, theirs);
        const other = merged(base, theirs, ours);
        const keyOf = (list: Consent[]) => new Set(list.map((item) => JSON.stringify(item)));
        expect(keyOf(one)).toEqual(keyOf([...ours, ...theirs]));
        expect(keyOf(other)).toEqual(keyOf(one));
        expect(standingsOf(other, rules)).toEqual(standingsOf(one, rules));
      }),
    );
  });

  it('leaves the latest word standing, in whatever order it is read; at one moment the no', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 8 }), (all) => {
        const about = all.filter(({ purpose }) => purpose === 'newsletter');
        const heard = about.filter(({ channel }) => channel === undefined || channel === 'email');
        const last = Math.max(...heard.map(({ at }) => Date.parse(at)));
        const final = heard.filter(({ at }) => Date.parse(at) === last);
        const isNo = final.some(({ state }) => state !== 'given');
        for (const list of [
          all,
          [...all].reverse(),
          [...all].sort((a, b) => (`${a.by}` < `${b.by}` ? -1 : 1)),
        ]) {
          const { state } = standingTowards(list, 'newsletter', 'email', rules);
          if (heard.length === 0) expect(state).toBe('unknown');
          else expect(state === 'given').toBe(!isNo);
        }
      }),
    );
  });

  it('never takes a word away that was on file', () => {
    fc.assert(
      fc.property(entries, entries, (base, more) => {
        const after = merged(base, base, [...base, ...more]);
        for (const item of base) expect(after).toContainEqual(item);
        expect(merged(base, [...base, ...more], base)).toEqual([...base, ...more]);
      }),
    );
  });
});
