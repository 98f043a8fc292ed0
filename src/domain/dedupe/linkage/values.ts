import { foldCompanyName } from '../../companies/company-name.js';
import { hostOf } from '../../companies/domain-name.js';
import { canonicalEmail, saysNothing } from '../../contacts/email-address.js';
import { foldText } from '../../contacts/person-name.js';
import { phoneKey } from '../../contacts/phone-number.js';
import type { FieldKind } from './fields.js';

/** Words of addresses that are written short or in full. */
const streetWords = new Map(
  `street st|str st|strasse st|straße st|avenue ave|av ave|boulevard blvd|blv blvd|bl blvd|road rd|drive dr|lane ln|place pl|court ct|
  square sq|terrace tce|terr tce|ter tce|crescent cres|cr cres|circuit cct|close cl|highway hwy|parkway pkwy|pky pkwy|
  circle cir|trail trl|mount mt|saint st|fort ft|north n|south s|east e|west w|northeast ne|northwest nw|southeast se|
  southwest sw|suite ste|apartment apt|floor fl|building bldg|room rm|first 1st|second 2nd|third 3rd|fourth 4th|
  fifth 5th|sixth 6th|seventh 7th|eighth 8th|ninth 9th|tenth 10th|viale vle|piazza pza|p pza|corso cso|largo lgo|vicolo vlo|
  via v|route rte|expressway expy|turnpike tpke|plaza plz|center ctr|centre ctr`
    .split('|')
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

/** Words that say what a thing is rather than which; they weigh next to nothing in any list. */
const fillers = new Set(
  'the a an of and und y e et di del della dei de la le los las el il for at in on'.split(' '),
);

/**
 * A cell as it is compared: folded, without what does not tell one record from another. Empty for none.
 * @param country ISO 3166-1 alpha-2, for phone numbers without a prefix
 */
export function comparable(kind: FieldKind, cell: string, country: string | undefined): string {
  const text = cell.trim();
  if (text === '' || saysNothing(text)) return '';
  switch (kind) {
    case 'email':
      return canonicalEmail(text) ?? text.toLowerCase().replace(/\s+/g, '');
    case 'phone':
      return phoneDigits(text, country);
    case 'date':
      return dateDigits(text);
    case 'postal_code':
    case 'identifier':
      return foldText(text).replaceAll(' ', '');
    case 'domain':
      return hostOf(text);
    case 'company':
      return foldCompanyName(withoutAside(text));
    case 'name':
      return foldText(withoutAside(text));
    case 'street':
      return foldText(text)
        .split(' ')
        .map((word) => streetWords.get(word) ?? word)
        .join(' ');
    default:
      return foldText(text);
  }
}

/** Words by which a text is compared: without fillers, unless there are no others. */
export function wordsOf(text: string): string[] {
  const words = text.split(' ').filter(Boolean);
  const telling = words.filter((word) => !fillers.has(word));
  return telling.length > 0 ? telling : words;
}

/** What stands in brackets says where a shop is or what a firm does; some write it and some do not. */
function withoutAside(text: string): string {
  const bare = text.replace(/\([^()]*\)/g, ' ');
  return /\p{L}{2}/u.test(bare) ? bare : text;
}

function phoneDigits(text: string, country: string | undefined): string {
  const key = phoneKey(text, country)?.replace(/^\+/, '') ?? text.replace(/\D/g, '');
  if (/^(\d)\1*$/.test(key)) return '';
  return key.length < 5 ? '' : key;
}

/** Year, month, day as eight digits, or what digits there are: a date that cannot be still tells people apart. */
function dateDigits(text: string): string {
  const head = text.replace(/[T ]\d\d:.*$/, '');
  const yearFirst = /^(\d{4})[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?$/.exec(head);
  if (yearFirst)
    return yearFirst[1]! + yearFirst[2]!.padStart(2, '0') + (yearFirst[3] ?? '').padStart(2, '0');
  const yearLast = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(head);
  if (yearLast) return yearLast[3]! + yearLast[2]!.padStart(2, '0') + yearLast[1]!.padStart(2, '0');
  const digits = head.replace(/\D/g, '');
  return digits.length >= 4 ? digits.slice(0, 8) : '';
}
