const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const idLength = 10;
const wholeId = /^[0-9a-hjkmnp-tv-z]{10}$/;

/** Gives new ids. Handed in, so that the rules stay pure and a test can fix them. */
export type IdSource = () => string;

/**
 * Ten characters of Crockford base32 in lower case: 50 bits.
 * @param bytes at least 7, uniformly random or of a hash
 */
export function idFromBytes(bytes: Uint8Array): string {
  let bits = 0n;
  for (let i = 0; i < 7; i++) bits = (bits << 8n) | BigInt(bytes[i] ?? 0);
  let id = '';
  for (let i = 0; i < idLength; i++) {
    id = alphabet[Number(bits & 31n)] + id;
    bits >>= 5n;
  }
  return id;
}

export function isId(value: string): boolean {
  return wholeId.test(value);
}

/** The id at the end of a reference or file stem; undefined where there is none. */
export function idOfRef(value: string): string | undefined {
  const before = value.length - idLength - 1;
  if (before >= 0 && value[before] !== '-') return undefined;
  const id = value.slice(-idLength);
  return wholeId.test(id) ? id : undefined;
}

/**
 * The id in a record's path.
 * @param path relative, with `/`; a campaign is named by its folder
 */
export function idOfPath(path: string): string | undefined {
  return idOfRef(refOfPath(path));
}

/** The reference to a record: its file stem, or the name of a campaign's folder. */
export function refOfPath(path: string): string {
  const parts = path.split('/');
  const file = parts.at(-1) ?? '';
  if (file === 'campaign.md' && parts[0] === 'campaigns') return parts.at(-2) ?? '';
  return file.replace(/\.md$/, '');
}

/**
 * The readable part of a file name: ASCII letters and digits in lower case, at most 40 characters.
 * A name in another script leaves nothing; then `fallback` stands.
 */
export function slug(name: string, fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[øØ]/g, 'o')
    .replace(/[đĐ]/g, 'd')
    .replace(/[łŁ]/g, 'l')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? fallback : plain;
}
