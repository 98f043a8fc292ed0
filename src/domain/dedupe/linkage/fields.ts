import { foldText } from '../../contacts/person-name.js';
import type { Field } from '../../lists/column-names.js';
import { fieldsOfHeader } from '../../lists/columns.js';
import { type FieldKind, kinds } from './kinds.js';

export type { FieldKind } from './kinds.js';

/** One thing that records are compared by, and the columns it is made of. */
export interface FieldPlan {
  kind: FieldKind;
  /** The column's name, or the names of several, for people. */
  name: string;
  /** Positions from 0; −1 for one that this list has not. Several are alternatives (two phones), unless `parts`. */
  columns: number[];
  /** The columns are parts of one value, in this order: year, month, day; house number, street. */
  parts?: boolean;
}

const byField: Partial<Record<Field, FieldKind>> = {
  given_name: 'given_name',
  family_name: 'family_name',
  name: 'name',
  company: 'company',
  email: 'email',
  phone: 'phone',
  mobile: 'phone',
  street: 'street',
  locality: 'locality',
  region: 'region',
  postal_code: 'postal_code',
  country: 'country',
  birthday: 'date',
  vat: 'identifier',
  website: 'domain',
};

/** What lists of records call their columns beyond what address books do. Tried in order on the folded name. */
const byPattern: [RegExp, FieldKind | 'year' | 'month' | 'day' | 'number' | 'none'][] = [
  [/^(?:by|yob|(?:birth ?year|year (?:of )?birth|anno (?:di )?nascita|geburtsjahr))$/, 'year'],
  [/^(?:bm|mob|(?:birth ?month|month (?:of )?birth|mese (?:di )?nascita|geburtsmonat))$/, 'month'],
  [/^(?:bd|(?:birth ?day of month|day (?:of )?birth|giorno (?:di )?nascita|geburtstag tag))$/, 'day'],
  [/^(?:street|house|building|civic) ?(?:number|no|nr)$|^(?:numero )?civico$|^hausnummer$/, 'number'],
  [/\b(?:dob|date of birth|birth ?date|death ?date|dod|date of death)\b/, 'date'],
  [
    /^(?:soc(?:ial)? ?sec(?:urity)?(?: ?(?:id|no|nr|number))?|ssn|sin|nino?|national insurance(?: number)?|national id|tax(?: |$).*|codice fiscale|cf|passport.*|licen[cs]e.*|nhs.*|isbn|issn|ean|gtin|doi|duns|lei|siren|siret|registration(?: no| number)?|company (?:no|number)|ico|steuer.*)$/,
    'identifier',
  ],
  [
    /^(?:company|org(?:ani[sz]ation)?|site|business|venue|restaurant|hotel|shop|store|agency|school|institution|facility|firm|supplier|vendor|assignee|applicant|provider|merchant|trading|legal|brand|ente|azienda|ditta)s?(?: legal)? ?(?:name|nome)?$/,
    'company',
  ],
  [/^(?:fore|given|first|christian|f) ?names?(?: c)?$|^vornamen?$|^prenoms?$/, 'given_name'],
  [/^(?:sur|family|last|l) ?names?(?: c)?$|^nachnamen?$|^cognomi?$|^maiden name$/, 'family_name'],
  [
    /\b(?:full ?name|first and (?:sur|last) ?name|person name|name and surname|author|title and name)\b/,
    'name',
  ],
  [/^(?:addr|address|street|strasse|via|indirizzo)(?: (?:line )?\d)?$/, 'street'],
  [
    /^(?:suburb|city|town|village|municipality|birth ?place|place of birth|place|locality|hometown|district|comune)$/,
    'locality',
  ],
  [/\b(?:post ?code|postal|zip|plz|cap)\b/, 'postal_code'],
  [/^(?:e ?mail|mail)\b|\be ?mail$/, 'email'],
  [/^(?:phone|tel|mobile|cell|telephone)\b|\b(?:phone|tel|mobile)$/, 'phone'],
  [/^(?:web(?: ?site| ?page)?|url|domain|homepage|www)\b/, 'domain'],
  [/^(?:gender|sex|sesso|geschlecht)$/, 'category'],
];

/** Unlike the names of lists of people, a `Title` or an `Id` says nothing about who it is. */
function kindOf(name: string, field: Field | undefined): (typeof byPattern)[number][1] | undefined {
  const folded = foldText(name.replace(/([a-z])([A-Z])/g, '$1 $2')).replace(/ ?\d+$/, '');
  for (const [pattern, kind] of byPattern) if (pattern.test(folded)) return kind;
  return field === undefined ? undefined : byField[field];
}

/** How many of these cells name a column that can be compared: by this the header of a list is found. */
export function comparableNames(cells: readonly string[]): number {
  if (cells.some((cell) => cell.includes('@'))) return 0;
  const known = fieldsOfHeader(cells);
  return cells.filter((cell, i) => kindOf(cell, known[i]) !== undefined).length;
}

const looks: [FieldKind, RegExp][] = [
  ['email', /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i],
  ['date', /^(?:1[6-9]|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}$|^\d{1,2}[-/.]\d{1,2}[-/.](?:1[6-9]|20)\d\d$/],
  ['phone', /^[+(]?\d[\d ()./-]{6,17}\d$/],
  ['domain', /^(?:https?:\/\/|www\.)\S+$/i],
];

/**
 * Tells by what a list's records can be compared.
 * @param header names of the columns
 * @param sample some rows
 * @param ignore columns that hold the truth or an id: never compared
 * @param mapped kinds given by the user, by column name
 */
export function planFields(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  ignore: ReadonlySet<number> = new Set(),
  mapped: ReadonlyMap<number, FieldKind | 'none'> = new Map(),
): FieldPlan[] {
  const known = fieldsOfHeader(header);
  const found = header.map((name, i) => {
    if (ignore.has(i)) return undefined;
    return mapped.get(i) ?? kindOf(name, known[i]) ?? byLooks(sample, i);
  });
  nameBesideSurname(found, sample);
  const of = (kind: (typeof found)[number]) => header.flatMap((_, i) => (found[i] === kind ? [i] : []));
  const plans: FieldPlan[] = [];
  const namesOf = (columns: readonly number[]) => columns.map((i) => header[i]).join(' + ');
  const [year, month, day] = [of('year')[0], of('month')[0], of('day')[0]];
  if (year !== undefined) {
    const columns = [year, month, day].filter((column) => column !== undefined);
    plans.push({ kind: 'date', name: namesOf(columns), columns, parts: true });
  }
  const split = of('given_name').length > 0 && of('family_name').length > 0;
  for (const kind of kinds) {
    const columns = of(kind);
    if (columns.length === 0) continue;
    if (kind === 'street') {
      const all = [...of('number'), ...columns];
      plans.push({ kind, name: namesOf(all), columns: all, parts: true });
    } else if (kind === 'given_name' || kind === 'family_name') {
      plans.push({ kind, name: namesOf(columns), columns, parts: true });
    } else if (kind === 'name') {
      // Beside the parts of a name the whole name says the same again.
      if (!split) plans.push({ kind, name: namesOf(columns.slice(0, 1)), columns: columns.slice(0, 1) });
    } else if (kind === 'email' || kind === 'phone') {
      plans.push({ kind, name: namesOf(columns), columns });
    } else {
      for (const column of columns) plans.push({ kind, name: header[column] ?? '', columns: [column] });
    }
  }
  return plans;
}

/** Beside a surname, a column called "Name" holds the given name, unless it says the surname again. */
function nameBesideSurname(found: (string | undefined)[], sample: readonly (readonly string[])[]): void {
  const family = found.indexOf('family_name');
  const name = found.indexOf('name');
  if (family < 0 || name < 0 || found.includes('given_name')) return;
  const both = sample.filter((row) => row[family]?.trim() && row[name]?.trim());
  const whole = both.filter((row) => foldText(row[name]!).includes(foldText(row[family]!)));
  if (whole.length * 2 > both.length) found[family] = undefined;
  else found[name] = 'given_name';
}

function byLooks(sample: readonly (readonly string[])[], column: number): FieldKind | undefined {
  const cells = sample.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '');
  if (cells.length === 0) return undefined;
  return looks.find(
    ([, pattern]) => cells.filter((cell) => pattern.test(cell)).length >= cells.length * 0.8,
  )?.[0];
}
