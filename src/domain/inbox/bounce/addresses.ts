/** An address as it stands in a text; bounded, so that no text costs more than its length. */
export const addressPattern = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,128}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}/g;

/** The same, or one whose name is quoted. */
export const namedPattern = new RegExp(
  `"[^"@<>\\r\\n]{1,64}"@[A-Za-z0-9][A-Za-z0-9.-]{0,252}|${addressPattern.source}`,
  'g',
);

/** An address as a field of a report has it, of any script (RFC 6533). */
const fieldPattern = /[^\s<>"(),:;@]{1,128}@[\p{L}\p{N}][\p{L}\p{N}.-]{0,252}/u;

/** The address in a field such as `rfc822; <Ann@example.org>`, in lower case; undefined where it has none. */
export function addressIn(field: string | undefined): string | undefined {
  if (field === undefined) return undefined;
  const value = field
    .replace(/^\s*[a-z0-9-]{1,20}\s*;/i, '')
    .replace(/\([^()]*\)/g, '')
    .trim();
  const quoted = /<?("[^"<>]{1,128}"@[A-Za-z0-9.-]{1,253})>?/.exec(value)?.[1];
  const found = quoted ?? fieldPattern.exec(value)?.[0] ?? /^<?([^\s<>]{1,200})>?$/.exec(value)?.[1];
  return found === undefined || found === '' ? undefined : plainAddress(found);
}

/** An address less what a text sets around it. */
export function plainAddress(address: string): string {
  return address
    .replace(/^['`*{|=&]+(?=.)/, '')
    .replace(/[.-]+$/, '')
    .toLowerCase();
}
