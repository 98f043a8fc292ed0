import { canonicalEmail, parseEmail } from '../contacts/email-address.js';
import { isMapping } from '../records/same-value.js';
import { countryCode } from './code-of-name.js';
import { saysYes } from './opt-out.js';

/** An e-mail address of our own sheet; what is wrong with one that is none goes to `problems`. */
export function emailOf(item: unknown, problems: string[]): unknown {
  const written = phoneOf(item);
  const said = isMapping(written) ? written : { address: written };
  const reading = parseEmail(String(said.address));
  if (reading.ok || said.invalid === 'true') return written;
  problems.push(
    `the e-mail address ${JSON.stringify(said.address ?? '').slice(0, 200)} is invalid: ${reading.reason}`,
  );
  return { ...said, invalid: true };
}

/** A number, as an address, may be the one to use first: spreadsheets write that as TRUE or VERO. */
export function phoneOf(item: unknown): unknown {
  if (!isMapping(item)) return item;
  const flags = ['primary', 'invalid'].flatMap((key) =>
    item[key] === undefined ? [] : [[key, String(saysYes(String(item[key])))]],
  );
  return { ...item, ...Object.fromEntries(flags) };
}

/** A postal address; a country that is not known is told and left out. */
export function addressOf(item: unknown, problems: string[]): unknown {
  if (!isMapping(item) || item.country === undefined) return item;
  const { country: written, ...rest } = item;
  const country = countryCode(String(written));
  if (country === undefined) problems.push(`the country ${JSON.stringify(written)} is not known`);
  return { ...rest, ...(country === undefined ? {} : { country }) };
}

/** The first valid e-mail address, in the form by which it is compared. */
export function firstAddress(emails: unknown): string | undefined {
  for (const item of Array.isArray(emails) ? emails : []) {
    const canonical = canonicalEmail(String(isMapping(item) ? item.address : item));
    if (canonical !== undefined) return canonical;
  }
  return undefined;
}
