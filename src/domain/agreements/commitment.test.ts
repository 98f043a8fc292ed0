import { describe, expect, it } from 'vitest';
import type { Agreement } from './agreement.js';
import { isMet, progressOf, progressText } from './commitment.js';

const agreement = {
  state: 'active',
  start: '2025-01-01',
  end: '2026-12-31',
  commitment: { unit: 'books', minimum: 8, every: 'P2Y' },
} as Agreement;
const order = (placed_at: string, quantity: number, more: object = {}) => ({
  placed_at,
  lines: [{ title: 'a', quantity }],
  ...more,
});

describe('a commitment', () => {
  it('counts what was shipped or delivered, and apart what is ordered; nothing that was cancelled', () => {
    const progress = progressOf(
      agreement,
      [
        order('2025-02-01', 2, { delivered_at: '2025-02-10' }),
        order('2025-03-01T10:00:00+01:00', 1, { shipped_at: '2025-03-02' }),
        order('2026-11-01', 3),
        order('2026-11-02', 4, { cancelled_at: '2026-11-03' }),
        order('2024-12-31', 5, { delivered_at: '2025-01-10' }),
        { placed_at: '2026-11-05', lines: [{ title: 'one' }] },
      ],
      '2026-11-22',
    );
    expect(progress).toMatchObject({ done: 3, under_way: 4, until: '2026-12-31' });
    expect(progress && progressText(progress)).toBe('3 of 8 books, 4 more ordered, until 2026-12-31');
    expect(progress && isMet(progress)).toBe(false);
  });

  it('stands in the period that today is in, which the end of the agreement cuts short', () => {
    const monthly = {
      ...agreement,
      start: '2026-01-31',
      commitment: { unit: 'box', minimum: 1, every: 'P1M' },
    };
    const on = (today: string) => progressOf(monthly, [], today);
    expect(on('2026-02-28')).toMatchObject({ from: '2026-02-28', until: '2026-03-30' });
    expect(on('2026-03-31')).toMatchObject({ from: '2026-03-31', until: '2026-04-29' });
    expect(on('2026-12-31')).toMatchObject({ from: '2026-12-31', until: '2026-12-31' });
    expect(on('2030-01-01')).toMatchObject({ until: '2026-12-31' });
    expect(on('2020-01-01')).toMatchObject({ from: '2026-01-31' });
  });

  it('is for the whole term where no time is said, and open where there is no end', () => {
    const whole = { ...agreement, commitment: { unit: 'books', minimum: 8 } };
    expect(progressOf(whole, [], '2026-11-22')).toMatchObject({ from: '2025-01-01', until: '2026-12-31' });
    expect(progressOf({ ...whole, end: undefined }, [], '2026-11-22')).toMatchObject({ until: null });
  });

  it.each([
    ['nothing', { commitment: undefined }],
    ['no number', { commitment: { unit: 'books' } }],
    ['no beginning', { start: undefined }],
    ['a beginning that no year has', { start: '2025-13-01' }],
  ])('is none for %s', (_what, some) =>
    expect(progressOf({ ...agreement, ...some } as Agreement, [], '2026-11-22')).toBeUndefined(),
  );

  it.each(['P0D', 'often', 'PT1H', 'P1D'])('survives a time of %s', (every) => {
    const odd = { ...agreement, start: '0001-01-01', end: undefined, commitment: { minimum: 1, every } };
    expect(progressOf(odd as Agreement, [], '2026-11-22')).toMatchObject({ from: '0001-01-01' });
  });
});
