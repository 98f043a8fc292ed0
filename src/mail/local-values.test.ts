import { describe, expect, it } from 'vitest';
import { compile, liquidEngine } from './liquid.js';
import { type Locale, localDate, localeFor, localMoney } from './local-values.js';

const rome = (language: string): Locale => ({ language, timeZone: 'Europe/Rome' });
/** Whatever space a locale puts between a number and its currency. */
const plain = (text: string | undefined) => text?.replace(/\s/g, ' ');

describe('dates', () => {
  it.each([
    ['it', '24 novembre 2026'],
    ['de', '24. November 2026'],
    ['en', 'November 24, 2026'],
    ['en-GB', '24 November 2026'],
    ['fr', '24 novembre 2026'],
    ['es', '24 de noviembre de 2026'],
    ['no such language', 'November 24, 2026'],
  ])('are written as in %s', (language, expected) => {
    expect(localDate('2026-11-24', rome(language))).toBe(expected);
  });

  it('are the same day everywhere, times the day that it is where one lives', () => {
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago'])
      expect(localDate('2026-11-24', { language: 'it', timeZone })).toBe('24 novembre 2026');
    const late = '2026-11-24T23:30:00Z';
    expect(localDate(late, rome('it'))).toBe('25 novembre 2026');
    expect(localDate(late, { language: 'it', timeZone: 'America/New_York' })).toBe('24 novembre 2026');
  });

  it('have as many words as one asks for, and a birthday may have no year', () => {
    expect(localDate('2026-11-24', rome('it'), 'short')).toBe('24/11/26');
    expect(localDate('2026-11-24', rome('de'), 'full')).toBe('Dienstag, 24. November 2026');
    expect(localDate('--02-29', rome('de'))).toBe('29. Februar');
  });

  it.each(['', 'soon', '2026-02-30', '2026-13-01', '--02-30', '2026-11-24T10:00', '24.11.2026', '0'])(
    'are not made up of %j',
    (value) => expect(localDate(value, rome('it'))).toBeUndefined(),
  );
});

describe('amounts', () => {
  it.each([
    ['it', '1234567.50', 'EUR', '1.234.567,50 €'],
    ['de', '1234.5', 'EUR', '1.234,50 €'],
    ['en', '-12', 'USD', '-$12.00'],
    ['fr', '1234.50', 'EUR', '1 234,50 €'],
    ['es', '12.50', 'EUR', '12,50 €'],
    ['de-CH', '34.50', 'CHF', 'CHF 34.50'],
    ['en', '5000', 'JPY', '¥5,000'],
    ['en', '90071992547409931234.25', 'EUR', '€90,071,992,547,409,931,234.25'],
  ])('are written as in %s: %s %s', (language, amount, currency, expected) => {
    expect(plain(localMoney(amount, currency, rome(language)))).toBe(expected);
  });

  it.each([
    ['12,50', 'EUR'],
    ['', 'EUR'],
    ['1e9', 'EUR'],
    ['12.50', 'euro'],
    ['12.50', ''],
    ['9'.repeat(400), 'EUR'],
  ])('are not made up of %j %j', (amount, currency) => {
    expect(localMoney(amount, currency, rome('it'))).toBeUndefined();
  });
});

describe('whom a message is written for', () => {
  it('reads it in the language of its text, as he speaks it', () => {
    expect(localeFor({ language: 'de-AT' }, 'de', 'Europe/Rome')).toEqual(rome('de-AT'));
    expect(localeFor({ language: 'pt' }, 'it', 'Europe/Rome')).toEqual(rome('it'));
    expect(localeFor({ language: 'den' }, 'de', 'Europe/Rome')).toEqual(rome('de'));
    expect(localeFor({}, 'it', 'Europe/Rome')).toEqual(rome('it'));
  });

  it('lives by his own clock, if he has one', () => {
    expect(localeFor({ timezone: 'Asia/Tokyo' }, 'it', 'Europe/Rome').timeZone).toBe('Asia/Tokyo');
    for (const timezone of ['Nowhere/Town', 7, ''])
      expect(localeFor({ timezone }, 'it', 'Europe/Rome').timeZone).toBe('Europe/Rome');
  });
});

describe('templates', () => {
  const fill = async (template: string, values: object, language = 'it') =>
    compile(await liquidEngine(String), template, { name: 'body.md' })({ ...values, locale: rome(language) });

  it('write dates and amounts with filters', async () => {
    const order = { promised_by: '2026-11-24', total: { amount: '12.50', currency: 'EUR' }, price: 3 };
    const text = '{{ order.promised_by | date }} {{ order.total | money }} {{ order.price | money: "EUR" }}';
    expect(plain(await fill(text, { order }))).toBe('24 novembre 2026 12,50 € 3,00 €');
    expect(plain(await fill(text, { order }, 'en'))).toBe('November 24, 2026 €12.50 €3.00');
    expect(await fill('{{ order.promised_by | date: "short" }}', { order })).toBe('24/11/26');
  });

  it('may still use patterns, in the zone of the reader', async () => {
    expect(await fill('{{ at | date: "%d.%m.%Y %H:%M" }}', { at: '2026-11-24T23:30:00Z' })).toBe(
      '25.11.2026 00:30',
    );
    expect(await fill('{{ at | date: "%d.%m." }}', { at: '2026-11-24' })).toBe('24.11.');
  });

  it('take a default for what is missing, and say what cannot be read', async () => {
    expect(await fill('{{ order.due | default: "" | date }}|', { order: {} })).toBe('|');
    await expect(fill('{{ order.due | date }}', { order: {} })).rejects.toThrow('order.due');
    await expect(fill('{{ due | date }}', { due: 'soon' })).rejects.toThrow('"soon" is no date');
    await expect(fill('{{ sum | money }}', { sum: '12' })).rejects.toThrow('no amount of money');
  });
});
