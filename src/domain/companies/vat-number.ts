/**
 * VAT identification numbers behind their country, as the European Commission states them (VIES, questions and answers
 * no. 11), with those of the United Kingdom, Northern Ireland and Switzerland.
 */
const forms: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CH: /^E\d{9}(?:MWST|TVA|IVA|VAT)?$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z\d]\d{7}[A-Z\d]$/,
  FI: /^\d{8}$/,
  FR: /^[A-Z\d]{2}\d{9}$/,
  GB: /^(?:\d{9}|\d{12}|(?:GD|HA)\d{3})$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^\d[A-Z\d+*]\d{5}[A-Z]{1,2}$/,
  IT: /^\d{11}$/,
  LT: /^(?:\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  XI: /^(?:\d{9}|\d{12}|(?:GD|HA)\d{3})$/,
};

interface VatNumber {
  /** As VIES writes it, Greece being `EL`; undefined where it is not known. */
  country: string | undefined;
  number: string;
}

/**
 * The form in which two spellings of one VAT number are equal, in lower case and with its country where that is known:
 * `IT 0764 3520 567`, `it07643520567` and, in Italy, `07643520567` are `it07643520567`.
 * @param country ISO 3166-1 alpha-2, of numbers written without one
 */
export function vatKey(text: string, country: string | undefined): string {
  const { country: of = '', number } = readVat(text, country);
  return (of + number).toLowerCase();
}

/** A VAT number without its country, in lower case. */
export function bareVat(text: string): string {
  return readVat(text, undefined).number.toLowerCase();
}

/**
 * Why a text can be no VAT number of its country; undefined where nothing speaks against it, as of a country whose form
 * is not known. Whether the tax office gave it to anybody only the tax office knows.
 * @param country ISO 3166-1 alpha-2, of numbers written without one
 */
export function vatFault(text: string, country: string | undefined): string | undefined {
  const { country: of, number } = readVat(text, country ?? undefined);
  const form = of === undefined ? undefined : forms[of];
  if (of === undefined || form === undefined) return undefined;
  if (!form.test(number)) return `${of}${number} does not have the form of a VAT number of ${of}`;
  if (of === 'IT' && !passesLuhn(number)) return `${of}${number} does not add up: a digit is wrong`;
  return undefined;
}

function readVat(text: string, country: string | undefined): VatNumber {
  const bare = text.toUpperCase().replace(/[^\p{L}\p{N}+*]/gu, '');
  const prefix = viesCode(bare.slice(0, 2));
  const home = viesCode(country ?? '');
  // FR 12 345…: in France the first two may be letters, and are no country then.
  if (home !== undefined && prefix !== home && forms[home]?.test(bare))
    return { country: home, number: bare };
  if (prefix !== undefined) return { country: prefix, number: bare.slice(2) };
  return { country: home, number: bare };
}

function viesCode(country: string): string | undefined {
  const code = country === 'GR' ? 'EL' : country;
  return Object.hasOwn(forms, code) ? code : undefined;
}

/** The check digit of the partita IVA (decree of the Ministry of Finance, 23 December 1976), which is that of Luhn. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
