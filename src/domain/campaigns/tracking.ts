import { createHmac, timingSafeEqual } from 'node:crypto';

/** The purpose to which a person must have said yes before the links of his messages tell of him. */
export const trackingPurpose = 'tracking';

/** Where signed links lead, and what signs them. */
export interface LinkKey {
  /** Address of the house's redirector. */
  url: string;
  key: string;
}

/** What a signed link says once its signature holds. */
export interface SignedLink {
  /** Of the recipient, in the journal. */
  token: string;
  /** Where it leads; undefined for the picture that tells of an opening. */
  target?: string;
}

/** 128 bits are beyond guessing, and keep links short (RFC 2104, section 5, on truncation). */
const signatureBytes = 16;

/**
 * A link through the redirector: `<url>?u=<target>&m=<token>&s=<signature>`; without a target the address of the
 * picture of an opening. The signature is over both, so that neither the target nor the person can be changed: the
 * redirector must check it before it sends anybody on, or it would lead whoever likes to anywhere.
 */
export function signedLink({ url, key }: LinkKey, { token, target }: SignedLink): string {
  const link = new URL(url);
  if (target !== undefined) link.searchParams.set('u', target);
  link.searchParams.set('m', token);
  link.searchParams.set('s', signatureOf(key, token, target).toString('base64url'));
  return link.href;
}

/** Reads the query of a signed link; undefined where the signature is not by this key over exactly this. */
export function readSignedLink(query: URLSearchParams, key: string): SignedLink | undefined {
  const one = (name: string) => (query.getAll(name).length === 1 ? query.get(name) : null);
  const [token, said] = [one('m'), one('s')];
  const target = query.has('u') ? one('u') : undefined;
  if (token === null || said === null || target === null || token.includes('\n')) return undefined;
  const given = Buffer.from(said, 'base64url');
  // Base64 has several spellings of some bytes; only the one that was written counts.
  if (given.length !== signatureBytes || given.toString('base64url') !== said) return undefined;
  if (!timingSafeEqual(given, signatureOf(key, token, target))) return undefined;
  return target === undefined ? { token } : { token, target };
}

/** What is signed is the token, and after a line break, which no token holds, the target. */
function signatureOf(key: string, token: string, target: string | undefined): Buffer {
  const text = target === undefined ? token : `${token}\n${target}`;
  return createHmac('sha256', key).update(text).digest().subarray(0, signatureBytes);
}
