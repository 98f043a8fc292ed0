import type { PostalAddress } from '../lists/postal-columns.js';
import { isMapping } from '../records/same-value.js';
import { typesOfLabel } from './labels.js';
import { textValue } from './value-text.js';

/** A line that says something of a record. */
export interface SaidLine {
  name: string;
  /** In front of the colon, beginning with `;`. */
  params: string;
  /** With its escapes. */
  value: string;
  /** What X-ABLabel is to call it. */
  label?: string;
}

export type VcardVersion = '3.0' | '4.0';

const ofNumbers = ['home', 'work', 'cell', 'fax', 'pager'];
const ofPlaces = ['home', 'work'];

/** An address to which nothing can be delivered: other programs pass over such a line, and write to no dead address. */
export const invalidEmail = 'X-ITACA-INVALID';

const isInvalid = (item: unknown) => isMapping(item) && (item.invalid === true || item.invalid === 'true');

/** What the keys of a contact or a company say, as lines of a card. */
export function saidLines(data: Record<string, unknown>, version: VcardVersion): SaidLine[] {
  const said = new Said(version);
  said.text('TITLE', data.title);
  for (const item of items(data.emails))
    said.entry(isInvalid(item) ? invalidEmail : 'EMAIL', item, 'address', ofPlaces);
  for (const item of items(data.phones)) said.entry('TEL', item, 'number', ofNumbers);
  for (const item of items(data.addresses)) if (isMapping(item)) said.address(item as PostalAddress);
  said.text('LANG', data.language);
  said.text('TZ', data.timezone);
  said.birthday(textIn(data.birthday));
  const tags = items(data.tags).map(textIn).filter(Boolean);
  if (tags.length > 0)
    said.lines.push({ name: 'CATEGORIES', params: '', value: tags.map(textValue).join(',') });
  for (const url of items(data.urls)) said.text('URL', url);
  return said.lines;
}

class Said {
  readonly lines: SaidLine[] = [];

  constructor(private readonly version: VcardVersion) {}

  text(name: string, value: unknown): void {
    const text = textIn(value);
    if (text !== '') this.lines.push({ name, params: '', value: textValue(text) });
  }

  /** An address or number, on its own or with what it is called. */
  entry(name: string, item: unknown, key: string, allowed: readonly string[]): void {
    const { [key]: value, label, primary } = isMapping(item) ? item : { [key]: item };
    const text = textIn(value);
    if (text === '') return;
    this.lines.push({
      name,
      value: textValue(text),
      ...this.called(textIn(label), allowed, primary === true || primary === 'true'),
    });
  }

  address(address: PostalAddress): void {
    const { street, locality, region, postal_code, country } = address;
    const parts = ['', '', street, locality, region, postal_code, country].map((part) =>
      textValue(textIn(part)),
    );
    if (parts.every((part) => part === '')) return;
    const called = this.called(textIn(address.label), ofPlaces, false);
    this.lines.push({ name: 'ADR', value: parts.join(';'), ...called });
  }

  birthday(date: string): void {
    if (date === '') return;
    const yearless = date.startsWith('--');
    const [params, value] =
      this.version === '4.0'
        ? ['', yearless ? `--${date.slice(2).replace('-', '')}` : date.replaceAll('-', '')]
        : yearless
          ? [';X-APPLE-OMIT-YEAR=1604', `1604-${date.slice(2)}`]
          : ['', date];
    this.lines.push({ name: 'BDAY', params, value: textValue(value) });
  }

  private called(
    label: string,
    allowed: readonly string[],
    primary: boolean,
  ): Pick<SaidLine, 'params' | 'label'> {
    const types = label === '' ? [] : typesOfLabel(label, allowed);
    const words = [...(types ?? []), ...(primary && this.version === '3.0' ? ['pref'] : [])];
    const params = `${words.length > 0 ? `;TYPE=${words.join(',')}` : ''}${primary && this.version === '4.0' ? ';PREF=1' : ''}`;
    return types === undefined ? { params, label } : { params };
  }
}

/** A value of a record as text; empty for what is none. */
export function textIn(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
