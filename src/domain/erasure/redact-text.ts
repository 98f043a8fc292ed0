import { slug } from '../records/ids.js';
import { type ErasedPerson, erasedText, type Place } from './person.js';

/** A place in a text where a person is named. */
export interface Hit {
  /** 1-based. */
  line: number;
  what: 'email' | 'phone' | 'name' | 'address';
}

/** Finds a person in text, and takes him out of it. */
export interface TextRedactor {
  /** The text without the person; the same string where he is not in it. */
  redact(text: string): string;
  find(text: string): Hit[];
}

/** What is looked for. */
export type Needles = Pick<ErasedPerson, 'emails' | 'phones' | 'names'> &
  Partial<Pick<ErasedPerson, 'places'>>;

/** What may stand between the digits of a telephone number. */
const gap = '[ \\t().\\/\\u00a0-]{0,3}';

/**
 * @param split calling code and national number of a telephone number's key
 * @param instead stands where the person stood
 */
export function textRedactor(
  { emails, phones, names, places = [] }: Needles,
  split: (key: string) => { code: string; national: string } | undefined,
  instead: string = erasedText,
): TextRedactor {
  const patterns = [
    { what: 'email' as const, pattern: union(emails.map(emailPattern), 'giu') },
    {
      what: 'phone' as const,
      pattern: union(
        phones.map((key) => phonePattern(key, split)),
        'gu',
      ),
    },
    { what: 'address' as const, pattern: union(places.flatMap(placePatterns), 'giu') },
    { what: 'name' as const, pattern: union(names.flatMap(namePatterns), 'giu') },
  ].flatMap(({ what, pattern }) => (pattern ? [{ what, pattern }] : []));
  return {
    redact: (text) => patterns.reduce((rest, { pattern }) => rest.replace(pattern, instead), text),
    find: (text) =>
      patterns.flatMap(({ what, pattern }) =>
        [...text.matchAll(pattern)].map(({ index }) => ({ line: lineAt(text, index), what })),
      ),
  };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function union(patterns: readonly string[], flags: string): RegExp | undefined {
  const unique = [...new Set(patterns)].filter((one) => one !== '');
  // The longest first: a number with its prefix goes with it.
  unique.sort((a, b) => b.length - a.length);
  return unique.length === 0 ? undefined : new RegExp(unique.join('|'), flags);
}

/** With any `+tag`, and as it stands in a link. */
function emailPattern(address: string): string {
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)].map(escaped);
  return `(?<![\\p{L}\\p{N}._%+-])${local}(?:\\+[\\p{L}\\p{N}._-]{1,64})?(?:@|%40)${domain}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`;
}

function phonePattern(
  key: string,
  split: (key: string) => { code: string; national: string } | undefined,
): string {
  const digits = key.replace(/\D/g, '');
  const { code, national } = split(key) ?? { code: '', national: digits };
  if (national.length < 6) return '';
  const prefix =
    code === '' ? '' : `(?:(?:\\+|00)?${[...code].join('')}${gap})?(?:\\(0\\)${gap})?(?:0${gap})?`;
  return `(?<![\\d.+])\\+?${prefix}${[...national].join(gap)}(?!\\d)`;
}

/** A street with the place beside it, as on an envelope or within a sentence: the street alone is others' too. */
function placePatterns({ street, locality, code }: Place): string[] {
  const words = (text: string) => text.match(/[\p{L}\p{N}\p{M}]+/gu)?.map(escaped) ?? [];
  const said = (text: string) => words(text).join('[\\s,.;:\'’°\\\\/"_-]{1,5}');
  const [way, place, number] = [street, locality, code].map(said) as [string, string, string];
  if (words(street).length === 0) return [];
  const between = '[\\s,.;:\'’()\\\\/"_-]{1,12}';
  const beside = [
    number === '' || place === '' ? '' : `(?:[A-Z]{1,2}-)?${number}${between}${place}`,
    number === '' || place === '' ? '' : `${place}${between}${number}`,
    place,
    number === '' ? '' : `(?:[A-Z]{1,2}-)?${number}`,
  ].filter(Boolean);
  return [`(?<![\\p{L}\\p{N}])${way}${between}(?:${beside.join('|')})(?![\\p{L}\\p{N}])`];
}

/** In either order, whatever stands between the words, and as in the name of a file. */
function namePatterns(name: string): string[] {
  const forms = [name, name.normalize('NFC'), name.normalize('NFD'), slug(name, '')];
  return forms.flatMap((form) => {
    const words = form.match(/[\p{L}\p{N}\p{M}]+/gu)?.map(escaped) ?? [];
    if (words.length < 2) return [];
    const [first, ...rest] = words as [string, ...string[]];
    const last = words.at(-1) as string;
    return [words, [...rest, first], [last, ...words.slice(0, -1)]].map(
      (order) => `(?<![\\p{L}\\p{N}])${order.join("[\\s,.'’_-]{1,3}")}(?![\\p{L}\\p{N}])`,
    );
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => (sign === '-' ? '\\x2d' : `\\${sign}`));
}
