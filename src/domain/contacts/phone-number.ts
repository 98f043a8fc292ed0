import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

const extension =
  /\s*(?:;ext=|\b(?:ext(?:ension|n)?|int(?:erno)?|poste|durchwahl|dw|nebenstelle)\b\.?:?|(?<=[\d)\s])x\.?|#)\s*(\d{1,7})$/i;
/** A spreadsheet's way with long numbers, `3,48E+11`: the digits are lost. */
const scientific = /^\d(?:[.,]\d+)?e\+\d+$/i;
const fewestDigits = 6;

/**
 * Calling codes of countries whose national numbers have no trunk prefix (as libphonenumber's metadata say). There
 * E.164 is the calling code and the digits as they stand, at a hundredth of the cost of reading the number.
 */
export const openPlans: Readonly<Record<string, string>> = {
  CY: '357',
  CZ: '420',
  DK: '45',
  EE: '372',
  ES: '34',
  GR: '30',
  IT: '39',
  LV: '371',
  MT: '356',
  NO: '47',
  PL: '48',
  PT: '351',
};

/**
 * The key by which two spellings of one telephone number are equal: E.164 where the number can be read
 * (`+39021234567` for `02 1234567` in Italy, `0039 02 1234567`, `+39 (02) 123.45.67`), else its digits.
 * An extension is left out: colleagues behind one switchboard share its number.
 * @param country ISO 3166-1 alpha-2, the country of numbers written without prefix
 * @returns undefined for what is no number: under 6 digits, one digit repeated, or digits lost to a spreadsheet
 */
export function phoneKey(text: string, country: string | undefined): string | undefined {
  let written = text.trim();
  if (/[^\d+ .-]/.test(written)) {
    if (scientific.test(written)) return undefined;
    written = written
      .replace(/^(?:'|tel:|callto:)\s*/i, '')
      .replace(extension, '')
      .normalize('NFKC');
  }
  // ITU-T E.123: 00 is the commonest international prefix; no national number of note begins with it.
  written = written.replace(/^\(?00(?=\d{4}|\d[\d\s()./-]{6})/, '+');
  const digits = written.replace(/\D/g, '');
  if (digits.length < fewestDigits || /^(\d)\1*$/.test(digits)) return undefined;
  return fromOpenPlan(written, digits, country) ?? readNumber(written, country) ?? digits;
}

function fromOpenPlan(written: string, digits: string, country: string | undefined): string | undefined {
  const code = country === undefined ? undefined : openPlans[country];
  if (code === undefined || digits.length > 12 || /[^\d+ .-]/.test(written)) return undefined;
  if (written.startsWith('+')) {
    return digits.startsWith(code) && digits.length > code.length + 5 ? `+${digits}` : undefined;
  }
  // A number that begins with the calling code may have lost its plus: that is for the library to tell.
  return digits.startsWith(code) || digits.length > 11 ? undefined : `+${code}${digits}`;
}

function readNumber(written: string, country: string | undefined): string | undefined {
  const region = country !== undefined && isSupportedCountry(country) ? country : undefined;
  if (region === undefined && !written.startsWith('+')) return undefined;
  return parsePhoneNumberFromString(written, { defaultCountry: region, extract: false })?.number;
}
