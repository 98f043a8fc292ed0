import { getCountries } from 'libphonenumber-js/min';
import { foldText } from '../contacts/person-name.js';

/** Names that people use and the Unicode CLDR does not list first. */
const countryAliases: Record<string, string> = {
  uk: 'GB',
  'great britain': 'GB',
  'gran bretagna': 'GB',
  inghilterra: 'GB',
  england: 'GB',
  scotland: 'GB',
  scozia: 'GB',
  wales: 'GB',
  grossbritannien: 'GB',
  usa: 'US',
  'u s a': 'US',
  'united states of america': 'US',
  'stati uniti d america': 'US',
  'stati uniti damerica': 'US',
  america: 'US',
  olanda: 'NL',
  holland: 'NL',
  'czech republic': 'CZ',
  'repubblica ceca': 'CZ',
  'tschechische republik': 'CZ',
  'south korea': 'KR',
  'corea del sud': 'KR',
  russia: 'RU',
  'russian federation': 'RU',
  // Plates of cars, as badges and address books of central Europe have them.
  i: 'IT',
  d: 'DE',
  a: 'AT',
  f: 'FR',
  e: 'ES',
  prc: 'CN',
  'p r china': 'CN',
  schweiz: 'CH',
  fl: 'LI',
};

const languageAliases: Record<string, string> = {
  ital: 'it',
  ted: 'de',
  ingl: 'en',
  eng: 'en',
  dt: 'de',
  spagn: 'es',
};
const languages =
  `it en de fr es pt nl da sv nb fi pl cs sk sl hr sr hu ro bg el tr ru uk ar he zh ja ko ca eu gl lt lv et
  mt ga sq mk bs fa hi vi th id`.split(/\s+/);
const namedIn = ['en', 'it', 'de', 'fr', 'es'];

let countries: Map<string, string> | undefined;
let languageNames: Map<string, string> | undefined;

/**
 * The ISO 3166-1 alpha-2 code of a country as people write it: a code of two or three letters, or its name in English,
 * Italian, German, French or Spanish (Unicode CLDR).
 */
export function countryCode(text: string): string | undefined {
  const folded = foldText(text);
  countries ??= countryNames();
  return countries.get(folded);
}

/** The BCP 47 tag of a language as people write it: `it`, `it_IT`, `ITA`, `Italiano`, `ital.`, `German`. */
export function languageCode(text: string): string | undefined {
  const written = text.trim().replaceAll('_', '-');
  languageNames ??= namesOfLanguages();
  const folded = foldText(written);
  const named = languageNames.get(folded) ?? languageAliases[folded];
  if (named !== undefined) return named;
  if (!/^[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2})?$/i.test(written)) return undefined;
  try {
    const tag = new Intl.Locale(written).toString();
    return languageNames.has(tag.split('-')[0]!) ? tag : undefined;
  } catch {
    return undefined;
  }
}

function countryNames(): Map<string, string> {
  const names = new Map<string, string>();
  for (const code of getCountries()) {
    for (const name of namesOf(code, 'region')) names.set(name, code);
    names.set(code.toLowerCase(), code);
  }
  for (const [alpha3, code] of Object.entries(alpha3Codes)) names.set(alpha3, code);
  for (const [name, code] of Object.entries(countryAliases)) names.set(name, code);
  return names;
}

/** ISO 3166-1 alpha-3 of Europe and its largest partners. */
const alpha3Codes: Record<string, string> = {
  ita: 'IT',
  deu: 'DE',
  aut: 'AT',
  che: 'CH',
  fra: 'FR',
  esp: 'ES',
  prt: 'PT',
  nld: 'NL',
  bel: 'BE',
  lux: 'LU',
  gbr: 'GB',
  irl: 'IE',
  dnk: 'DK',
  swe: 'SE',
  nor: 'NO',
  fin: 'FI',
  pol: 'PL',
  cze: 'CZ',
  svk: 'SK',
  svn: 'SI',
  hrv: 'HR',
  hun: 'HU',
  rou: 'RO',
  bgr: 'BG',
  grc: 'GR',
  tur: 'TR',
  rus: 'RU',
  ukr: 'UA',
  usa: 'US',
  can: 'CA',
  chn: 'CN',
  jpn: 'JP',
  ind: 'IN',
};

function namesOfLanguages(): Map<string, string> {
  const names = new Map<string, string>();
  for (const code of languages) {
    for (const name of namesOf(code, 'language')) names.set(name, code);
    names.set(code, code);
    // ISO 639-2 begins with the first three letters of the English name, or of the language's own.
    const three = new Intl.DisplayNames(['en'], { type: 'language' }).of(code)?.slice(0, 3).toLowerCase();
    if (three !== undefined && !names.has(three)) names.set(three, code);
  }
  names.set('deu', 'de').set('fra', 'fr').set('nld', 'nl').set('zho', 'zh').set('ces', 'cs');
  return names;
}

function namesOf(code: string, type: 'region' | 'language'): string[] {
  const inItself = type === 'language' ? [code] : [];
  return [...namedIn, ...inItself].flatMap((language) => {
    const name = new Intl.DisplayNames([language], { type, fallback: 'none' }).of(code);
    return name === undefined ? [] : [foldText(name)];
  });
}
