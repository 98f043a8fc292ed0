import type { Fault } from '../check/fault.js';
import { canonicalEmail, parseEmail } from './email-address.js';

/** Addresses and numbers that cannot be: no message could ever reach them. Those marked invalid are known already. */
export function addressFaults(data: Record<string, unknown>): Fault[] {
  return [
    ...inList(data.emails, 'emails', 'address', emailFault),
    ...inList(data.phones, 'phones', 'number', phoneFault),
    ...inList(data.domains, 'domains', 'domain', domainFault),
  ];
}

/** What is wrong with an e-mail address; undefined where nothing is. */
export function emailFault(text: string): string | undefined {
  if (canonicalEmail(text) !== undefined) return undefined;
  const reading = parseEmail(text);
  return reading.ok ? undefined : `"${text}" is no e-mail address: ${reading.reason}`;
}

/** What is wrong with a domain, however written (`example.org`, `@example.org`, `*.example.org`). */
export function domainFault(text: string): string | undefined {
  const bare = text.trim().replace(/^(?:@|\*?\.)/, '');
  return canonicalEmail(`postmaster@${bare}`) === undefined ? `"${text}" is no domain` : undefined;
}

/** Numbers are written in many ways, and internal ones are short: only what is certainly none is one. */
function phoneFault(text: string): string | undefined {
  if (/^\d(?:[.,]\d+)?e\+\d+$/i.test(text.trim()))
    return `"${text}" has lost its digits to a spreadsheet; type the number again`;
  return text.replace(/\D/g, '').length < 2 ? `"${text}" is no telephone number` : undefined;
}

function inList(
  value: unknown,
  key: string,
  inner: string,
  faultOf: (text: string) => string | undefined,
): Fault[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, position): Fault[] => {
    const text = typeof item === 'string' ? item : item?.[inner];
    if (typeof text !== 'string' || item?.invalid === true) return [];
    const message = faultOf(text);
    if (message === undefined) return [];
    return [
      {
        at: typeof item === 'string' ? [key, position] : [key, position, inner],
        message: `${key}: ${message}`,
      },
    ];
  });
}
