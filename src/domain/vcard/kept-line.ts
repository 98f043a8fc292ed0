import type { ContentLine } from './content-line.js';

/** A line as `vcard:` of a record keeps it: vCard 4, unfolded. */
export function keptLine({ group, name, params, value, binary }: ContentLine): string {
  const said = [...params]
    // PID ties copies of a card together, and says nothing of the person.
    .filter(([param]) => param !== 'PID' && !(binary !== undefined && param === 'TYPE'))
    .map(([param, values]) => `;${param}=${values.map(paramValue).join(',')}`);
  const data =
    binary === undefined
      ? withOwnEscapes(value)
      : `data:${mediaType(name, params.get('TYPE')?.[0])};base64,${binary}`;
  return `${group === undefined ? '' : `${group}.`}${name}${said.join('')}:${data}`;
}

/** A parameter's value: quoted where it has to be, what cannot stand in it escaped (RFC 6868). */
export function paramValue(text: string): string {
  const safe = text
    .replace(/\^/g, '^^')
    .replace(/\r\n?|\n/g, '^n')
    .replace(/"/g, "^'")
    .replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/g, '');
  return /[:;,]/.test(safe) ? `"${safe}"` : safe;
}

const mediaTypes: Record<string, string> = {
  JPEG: 'image/jpeg',
  JPG: 'image/jpeg',
  PNG: 'image/png',
  GIF: 'image/gif',
  WEBP: 'image/webp',
  PGP: 'application/pgp-keys',
  X509: 'application/pkix-cert',
};

/** The media type of data in a card, by what its TYPE says. */
export function mediaType(name: string, type: string | undefined): string {
  if (type !== undefined && /^[a-z]+\/[\w.+-]+$/i.test(type)) return type.toLowerCase();
  const known = mediaTypes[type?.toUpperCase() ?? ''];
  return known ?? (name === 'PHOTO' || name === 'LOGO' ? 'image/jpeg' : 'application/octet-stream');
}

/** `\\:` and `\\"` are escapes of some programs, and none of vCard. */
function withOwnEscapes(value: string): string {
  return value.includes('\\')
    ? value.replace(/\\([\s\S])/g, (pair, one) => (/[:"]/.test(one) ? one : pair))
    : value;
}
