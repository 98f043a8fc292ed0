import { describe, expect, it } from 'vitest';
import type { Case } from '../cases/case.js';
import { endOf } from '../time/clock.js';
import { type Addressee, forbiddenWhenItLeft } from './forbidden-since.js';

const nobody: Addressee = { ref: 'p', consents: [], suppressions: [], agreements: [] };
const left = {
  at: Date.parse('2026-03-10T12:00:00Z'),
  purpose: 'news',
  channel: 'email',
  holdsCancelled: true,
};
const of = (addressee: Partial<Addressee>, more: Partial<typeof left> = {}) =>
  forbiddenWhenItLeft(
    { ...nobody, ...addressee },
    { ...left, ...more },
    (when) => endOf(when, 'UTC'),
    (purpose) => purpose === 'news',
  ).map(({ reason, ref }) => `${reason} ${ref}`);

const suppressed = (at: string | undefined) => [
  { ref: 's', data: { address: 'a@example.org', reason: 'unsubscribed' as const, ...(at ? { at } : {}) } },
];

describe('what forbade a message when it left', () => {
  it('is a suppression of before, not one of after, nor one of the same day without a time', () => {
    expect(of({ suppressions: suppressed('2026-03-10T11:59:00Z') })).toEqual(['suppressed s']);
    expect(of({ suppressions: suppressed('2026-03-09') })).toEqual(['suppressed s']);
    for (const at of ['2026-03-10', '2026-03-10T12:00:01Z', undefined])
      expect(of({ suppressions: suppressed(at) })).toEqual([]);
  });

  it('is a consent as it stood then', () => {
    const yes = { purpose: 'news', state: 'given' as const, at: '2026-01-01T00:00:00Z' };
    const no = { purpose: 'news', state: 'withdrawn' as const, at: '2026-02-01T00:00:00Z' };
    const later = { ...yes, at: '2026-03-01T00:00:00Z' };
    expect(of({ consents: [yes, no] })).toEqual(['consent_withdrawn p']);
    expect(of({ consents: [yes, no, later] })).toEqual([]);
    expect(of({ consents: [yes, { ...no, at: '2026-04-01T00:00:00Z' }] })).toEqual([]);
    expect(of({ consents: [no, { ...yes, at: '2026-03-10' }] })).toEqual([]);
    expect(of({ consents: [{ ...no, purpose: 'all' }] })).toEqual(['consent_withdrawn p']);
  });

  it('is a cancellation that stood then, unless the campaign does not hold for it', () => {
    const asked = { at: '2026-02-01T00:00:00Z', to: 'cancel_requested' };
    const done = { at: '2026-05-01T00:00:00Z', to: 'terminated' };
    const back = { at: '2026-03-01T00:00:00Z', to: 'active' };
    const agreement = (history: (typeof asked)[]) => ({
      agreements: [{ ref: 'g', data: { state: 'terminated' as const, history } }],
    });
    expect(of(agreement([asked, done]))).toEqual(['agreement_cancelled g']);
    expect(of(agreement([asked, back, done]))).toEqual([]);
    expect(of(agreement([asked]), { holdsCancelled: false })).toEqual([]);
  });

  it('is a case in which he ends something, while it was open', () => {
    const kase = (...history: { at: string; to: string }[]) => ({
      cancellations: [
        {
          ref: 'c',
          data: { title: 'Ends it', state: 'open', opened_at: '2026-02-01T00:00:00Z', history } as Case,
        },
      ],
    });
    const resolved = { at: '2026-03-01T00:00:00Z', to: 'resolved' };
    expect(of(kase())).toEqual(['agreement_cancelled c']);
    expect(of(kase(), { at: Date.parse('2026-01-31T00:00:00Z') })).toEqual([]);
    expect(of(kase(), { holdsCancelled: false })).toEqual([]);
    expect(of(kase(resolved))).toEqual([]);
    expect(of(kase(resolved, { at: '2026-03-05T00:00:00Z', to: 'open' }))).toEqual(['agreement_cancelled c']);
    expect(of(kase({ ...resolved, at: '2026-03-11T00:00:00Z' }))).toEqual(['agreement_cancelled c']);
  });
});
