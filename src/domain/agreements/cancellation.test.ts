import { describe, expect, it } from 'vitest';
import { heldBack } from '../campaigns/holds.js';
import type { Agreement } from './agreement.js';
import { cancellationOf, countsAsCancelled, effectiveDay } from './cancellation.js';
import { confirmationFault } from './confirmation.js';
import { acknowledging, confirming, ending, requesting } from './steps.js';

const term = { end: '2027-03-31', notice_days: 30 };

describe('the day of effect', () => {
  it.each([
    ['the end of the term, where notice came in time', term, '2026-10-12', false, '2027-03-31'],
    ['on the last day of notice', term, '2027-03-01', false, '2027-03-31'],
    ['the days of notice, where it came later', term, '2027-03-02', false, '2027-04-01'],
    ['the days of notice, once the commitment is met', term, '2026-03-16', true, '2026-04-15'],
    ['the term, where that is sooner', term, '2027-03-01', true, '2027-03-31'],
    ['the days of notice, where there is no term', { notice_days: 14 }, '2026-02-20', false, '2026-03-06'],
    ['at once, where no notice is agreed', {}, '2026-02-20', false, '2026-02-20'],
    ['at once for a notice below nothing', { notice_days: -9 }, '2026-02-20', false, '2026-02-20'],
  ])('is %s', (_what, agreement, asked, met, day) =>
    expect(effectiveDay(agreement, asked, met).day).toBe(day),
  );
});

const active = { state: 'active', history: [{ at: '2025-04-01T00:00:00Z', to: 'active' }] } as Agreement;
const put = (agreement: Agreement, { set, append }: ReturnType<typeof requesting>) => ({
  ...agreement,
  ...set,
  history: [...(agreement.history ?? []), ...append.history],
});
const by = { by: 'carla' };
const requested = put(active, requesting(active, { at: '2026-10-12T10:00:00Z', ...by, why: 'letter' }));
const acknowledged = put(
  requested,
  acknowledging(requested, { at: '2026-10-13T10:00:00Z', ...by }, '2027-03-31'),
);
const word = { confirmation: 're-k3f9w2q8ab', effective: '2027-03-31' };

describe('the steps of a cancellation', () => {
  it('are dated, one after the other', () => {
    const confirmed = put(
      acknowledged,
      confirming(acknowledged, { at: '2026-10-14T10:00:00Z', ...by }, { ...word, overAt: undefined }),
    );
    expect(confirmed).toMatchObject({ state: 'cancel_acknowledged', ...{ confirmation: word.confirmation } });
    const over = put(confirmed, ending(confirmed, { at: '2027-03-31T22:00:00Z', by: 'itaca' }));
    expect(cancellationOf(over)).toEqual({
      requested_at: '2026-10-12T10:00:00Z',
      acknowledged_at: '2026-10-13T10:00:00Z',
      terminated_at: '2027-03-31T22:00:00Z',
      why: 'letter',
    });
    expect(over.history?.map(({ from, to }) => [from, to])).toEqual([
      [undefined, 'active'],
      ['active', 'cancel_requested'],
      ['cancel_requested', 'cancel_acknowledged'],
      ['cancel_acknowledged', 'terminated'],
    ]);
  });

  it('who confirms has acknowledged, and what is over is terminated when it was over, never before', () => {
    const { set, append } = confirming(
      requested,
      { at: '2026-10-14T10:00:00Z', ...by },
      { ...word, overAt: '2026-10-13T22:00:00Z' },
    );
    expect(set.state).toBe('terminated');
    expect(append.history.map(({ at, to }) => [at, to])).toEqual([
      ['2026-10-14T10:00:00Z', 'cancel_acknowledged'],
      ['2026-10-14T10:00:00Z', 'terminated'],
    ]);
  });

  it('are refused in another order, twice, or before what came before', () => {
    const at = '2026-10-20T10:00:00Z';
    expect(() => requesting(requested, { at, ...by })).toThrow('asked for already');
    expect(() => requesting({ ...active, state: 'expired' }, { at, ...by })).toThrow('run out');
    expect(() => requesting(active, { at: '2025-01-01T00:00:00Z', ...by })).toThrow('later');
    expect(() => acknowledging(active, { at, ...by }, '2027-03-31')).toThrow('nobody has asked');
    expect(() => acknowledging(acknowledged, { at, ...by }, '2027-03-31')).toThrow('already');
    expect(acknowledging(acknowledged, { at, ...by }, '2027-02-28').set).toEqual({
      effective_at: '2027-02-28',
    });
    expect(() => confirming(active, { at, ...by }, { ...word, overAt: at })).toThrow('nobody has asked');
  });

  it('a cancellation that was taken back is none; the next one begins anew', () => {
    const moves = [
      ['2026-01-01T00:00:00Z', 'cancel_requested'],
      ['2026-02-01T00:00:00Z', 'active'],
    ].map(([at, to]) => ({ at: at as string, to: to as string }));
    const back = { ...active, history: moves };
    expect(cancellationOf(back)).toBeUndefined();
    const again = put(back, requesting(back, { at: '2026-03-01T00:00:00Z', ...by }));
    expect(cancellationOf(again)?.requested_at).toBe('2026-03-01T00:00:00Z');
  });

  it('stands where somebody wrote another state beside a history that ends with it', () => {
    const edited = { ...requested, state: 'active' as const };
    expect(countsAsCancelled(edited)).toBe(true);
    expect(cancellationOf(edited)?.requested_at).toBe(cancellationOf(requested)?.requested_at);
    expect(countsAsCancelled(active)).toBe(false);
    const agreements = [{ ref: 'agreement-a', data: { ...edited, contact: 'mario-rossi-mmmmmmmmmm' } }];
    const held = heldBack(
      { agreements, cases: [], orders: [] },
      new Set(['agreement_cancelled']),
      '2026-11-01T00:00:00Z',
    );
    expect(held.get('mmmmmmmmmm')).toMatchObject([{ reason: 'agreement_cancelled' }]);
  });
});

describe('a written confirmation', () => {
  const letter = { channel: 'letter', direction: 'outbound', at: '2026-10-14T10:00:00Z' } as const;
  it('is a word of ours, in writing, to him, after he asked', () => {
    const asked = '2026-10-12T10:00:00Z';
    expect(confirmationFault(letter, true, asked)).toBeUndefined();
    expect(confirmationFault({ ...letter, channel: 'phone' }, true, asked)).toContain('nothing in writing');
    expect(confirmationFault({ ...letter, direction: 'inbound' }, true, asked)).toContain('no word of ours');
    expect(confirmationFault(letter, false, asked)).toContain('did not go to');
    expect(confirmationFault({ ...letter, at: '2026-10-01T10:00:00Z' }, true, asked)).toContain('before');
    expect(confirmationFault({ ...letter, outcome: 'busy' }, true, asked)).toContain('reached nobody');
  });
});
