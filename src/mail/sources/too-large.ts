import { ItacaError } from '../../domain/error.js';

/** No message or scan that is larger is taken into memory, in bytes: mail systems take 25 to 150 MB. */
const mostBytes = 256 * 1024 * 1024;

/** @param label as it was named @throws ItacaError `refused` where it is larger */
export function refuseTooLarge(label: string, size: number): void {
  if (size <= mostBytes) return;
  throw new ItacaError('refused', `${label} has more than ${mostBytes / 1024 / 1024} MB`, {
    hint: 'it stays where it is; look at it there',
  });
}
