import { describe, expect, it } from 'vitest';
import { loadHolidays } from './holidays.js';

describe('public holidays', () => {
  it('are those of the country, by the year', async () => {
    const isHoliday = await loadHolidays({ country: 'IT' });
    expect(isHoliday('2026-04-06')).toBe(true); // Easter Monday
    expect(isHoliday('2026-12-08')).toBe(true);
    expect(isHoliday('2026-12-07')).toBe(false); // the patron saint of Milan alone
    // San Francesco is a holiday again from 2026 (law 151 of 2025).
    expect(isHoliday('2025-10-04')).toBe(false);
    expect(isHoliday('2027-10-04')).toBe(true);
  });

  it('are those of the region where it has its own', async () => {
    const epiphany = '2026-01-06';
    expect((await loadHolidays({ country: 'DE' }))(epiphany)).toBe(false);
    expect((await loadHolidays({ country: 'DE', region: 'BY' }))(epiphany)).toBe(true);
    const peace = '2026-08-08';
    expect((await loadHolidays({ country: 'DE', region: 'BY' }))(peace)).toBe(false);
    expect((await loadHolidays({ country: 'DE', region: 'BY-A' }))(peace)).toBe(true);
  });

  it('last several days, and over the end of a year, but never half a day', async () => {
    const inSwaziland = await loadHolidays({ country: 'SZ' });
    expect(['2026-12-28', '2026-12-31', '2027-01-02'].map(inSwaziland)).toEqual([true, true, true]);
    expect(inSwaziland('2027-01-03')).toBe(false);
    const inIceland = await loadHolidays({ country: 'IS' });
    expect(inIceland('2026-12-24')).toBe(false);
    expect(inIceland('2026-12-25')).toBe(true);
  });

  it('refuses a country and a region it knows nothing of', async () => {
    await expect(loadHolidays({ country: 'ZZ' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(loadHolidays({ country: 'DE', region: 'XY' })).rejects.toThrow('region "XY" of DE');
    await expect(loadHolidays({ country: 'DE', region: 'BY-Q' })).rejects.toMatchObject({
      hint: expect.stringContaining('BY-A (Stadt Augsburg)'),
    });
    await expect(loadHolidays({ country: 'PL', region: 'MZ' })).rejects.toMatchObject({
      hint: expect.stringContaining('leave the region out'),
    });
  });
});
