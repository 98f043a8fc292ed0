import { isRoleLocalPart } from './role-addresses.js';

/** An e-mail address read from a cell. */
export interface EmailAddress {
  /** As written, without the name, `mailto:` and white space around it. */
  address: string;
  /** The form in which two spellings of one mailbox are equal. For comparing only, never for writing to. */
  canonical: string;
  /** Lower case, IDN in punycode (RFC 5891). */
  domain: string;
  /** Belongs to a function (info@, vendite@) and not to a person. */
  role: boolean;
  /** The name beside the address, as in `Mario <mario@x.it>`. */
  name?: string;
}

export type EmailReading = { ok: true; email: EmailAddress } | { ok: false; reason: string };

/** Gmail ignores dots in the local part, and googlemail.com is the same host (support.google.com/mail/answer/7436150). */
const dotless = new Map([
  ['gmail.com', 'gmail.com'],
  ['googlemail.com', 'gmail.com'],
]);

const plain =
  /^([a-z0-9!#$%&'*/=?^_`{|}~-][a-z0-9!#$%&'*+/=?^_`{|}~-]*(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*)@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59}))$/;
/** A note that strayed into the column is not searched for addresses: its length would be paid for many times over. */
const longestCell = 4000;
const notAnAddress = /^(?:-+|\.|\/|n\/?a|n\.a\.|none|null|no|x|nessuna?|keine?|unknown|sconosciut[ao])$/i;

/** Whether a cell that should hold an address, number or name says that there is none (`n/a`, `-`, `none`). */
export function saysNothing(text: string): boolean {
  return text === '' || (text.length <= 12 && notAnAddress.test(text));
}

/**
 * Reads one e-mail address as people write it: `Mario <mario@x.it>`, `mailto:mario@x.it`, `"Mario R."@x.it`, IDN.
 * Syntax is that of RFC 5321 and RFC 6531, without address literals and comments; the domain needs a dot.
 * Reserved domains (RFC 2606: example.com, *.example) are addresses like any other.
 */
export function parseEmail(text: string): EmailReading {
  if (text.length > longestCell) return { ok: false, reason: 'the address is longer than 254 characters' };
  const { address, name } = unwrap(text);
  const at = address.lastIndexOf('@');
  const fault = faultOf(address, at);
  if (fault !== undefined) return { ok: false, reason: fault };
  const domain = asciiDomain(address.slice(at + 1));
  if (domain === undefined) return { ok: false, reason: 'the domain is not one' };
  const local = plainLocalPart(address.slice(0, at));
  if (local === undefined) return { ok: false, reason: 'the part before the @ is not allowed' };
  if (local.length > 64) return { ok: false, reason: 'the part before the @ is longer than 64 characters' };
  if (local.length + domain.length > 253)
    return { ok: false, reason: 'the address is longer than 254 characters' };
  const email: EmailAddress = {
    address,
    canonical: canonicalOf(local, domain),
    domain,
    role: isRoleLocalPart(local),
  };
  if (name !== '') email.name = name;
  return { ok: true, email };
}

/**
 * The canonical form of an address: lower case, IDN in punycode, without plus tag, without Gmail's dots.
 * Servers may tell `Mario@` from `mario@` (RFC 5321 section 2.4); none in use does. A plus tag is dropped for every
 * domain: a person who signed up as `me+shop@…` is the same person wherever his mailbox lies.
 * @returns undefined for what is no address
 */
export function canonicalEmail(text: string): string | undefined {
  const lower = text.toLowerCase();
  const match = plain.exec(lower);
  if (match !== null && lower.length <= 254 && match[1]!.length <= 64)
    return canonicalOf(match[1]!, match[2]!);
  const reading = parseEmail(text);
  return reading.ok ? reading.email.canonical : undefined;
}

/** Splits a cell that holds several addresses: by `;`, `,`, `|`, white space, or Google's ` ::: `. */
export function splitEmails(cell: string): string[] {
  if (cell.length > longestCell) return [cell];
  const first = cell.indexOf('@');
  if (first === -1 || cell.indexOf('@', first + 1) === -1) return [cell];
  const parts = cell.split(/\s*(?::::|[;|\n]|,(?=[^"]*(?:"[^"]*"[^"]*)*$))\s*/);
  const pieces = parts.flatMap((part) => (/[<"]/.test(part) ? [part] : part.split(/[\s/]+(?=\S+@)/)));
  return pieces.map((part) => part.trim()).filter((part) => part !== '');
}

function canonicalOf(local: string, domain: string): string {
  const plus = local.indexOf('+');
  const mailbox = plus > 0 ? local.slice(0, plus).replace(/\.$/, '') : local;
  const host = dotless.get(domain);
  if (host === undefined) return `${mailbox}@${domain}`;
  return `${mailbox.replaceAll('.', '')}@${host}`;
}

function unwrap(text: string): { address: string; name: string } {
  let rest = text.replace(/[\u200b-\u200d\u2060\ufeff]/g, '').trim();
  let name = '';
  const bracketed = /^(.*?)<\s*([^<>]*)>[.,;]?$/s.exec(rest);
  if (bracketed !== null) {
    name = bracketed[1]!.trim().replace(/^["']|["']$/g, '');
    rest = bracketed[2]!.trim();
  }
  rest = rest.replace(/^mailto:\s*/i, '').replace(/(?<=@.*)(?:\?.*|[.,;:]+)$/s, '');
  // Quotation marks around the whole address are punctuation; around the local part they belong to it.
  rest = rest.replace(/^(['"])([^'"]+@[^'"]+)\1$/, '$2');
  return { address: rest, name };
}

function faultOf(address: string, at: number): string | undefined {
  if (address === '') return 'there is no address';
  if (at === -1) return 'there is no @';
  if (at === 0) return 'nothing stands before the @';
  const domain = address.slice(at + 1);
  if (domain === '') return 'nothing stands after the @';
  if (address.startsWith('"')) return /\s/.test(domain) ? 'there is a space in it' : undefined;
  if (/\s/.test(address)) return 'there is a space in it';
  if (address.indexOf('@') !== at) return 'there is more than one @';
  if (/^\.|\.\.|\.@|@\.|\.$/.test(address)) return 'a dot stands where none may';
  if (!domain.includes('.') && !/[\u3002\uff0e\uff61]/.test(domain)) return 'the domain has no dot';
  return undefined;
}

/** The local part without needless quotation marks, in lower case. */
function plainLocalPart(local: string): string | undefined {
  const lower = local.normalize('NFC').toLowerCase();
  if (lower.startsWith('"')) {
    const quoted = /^"((?:[^"\\\r\n]|\\.)*)"$/.exec(lower);
    if (quoted === null || quoted[1] === '') return undefined;
    const inner = quoted[1]!.replace(/\\(.)/g, '$1');
    return isDotAtom(inner) ? inner : lower;
  }
  return isDotAtom(lower) ? lower : undefined;
}

function isDotAtom(local: string): boolean {
  return /^[a-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+)*$/u.test(
    local,
  );
}

const host = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

function asciiDomain(domain: string): string | undefined {
  let ascii = domain.toLowerCase();
  if (/[^\x00-\x7f]/.test(ascii)) {
    if (/[%/:?#[\]\\@]/.test(ascii)) return undefined;
    try {
      ascii = new URL(`http://${ascii}`).hostname;
    } catch {
      return undefined;
    }
  }
  return host.test(ascii) && ascii.length <= 253 ? ascii : undefined;
}
