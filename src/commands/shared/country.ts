import { ItacaError } from '../../domain/error.js';

/**
 * A country without a numbering plan would let every national number go unread.
 * @throws ItacaError `usage`
 */
export async function refuseUnknownCountry(country: string): Promise<void> {
  const { isSupportedCountry } = await import('libphonenumber-js/min');
  if (isSupportedCountry(country.toUpperCase())) return;
  throw new ItacaError('usage', `"${country}" is no country`, {
    hint: 'write it as IT, DE, US (ISO 3166-1)',
  });
}
