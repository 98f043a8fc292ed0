import { ItacaError } from '../../domain/error.js';

/**
 * What `--minutes` says; undefined where it was not given.
 * @throws ItacaError `usage`
 */
export function minutesOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const minutes = Number(text);
  if (text.trim() !== '' && minutes >= 0 && Number.isFinite(minutes)) return minutes;
  throw new ItacaError('usage', `--minutes ${text} is no number`);
}
