import { addressParser, decodeWords } from 'postal-mime';
import type { InboundAddress } from '../../domain/inbox/message.js';
import type { Field } from './fields.js';

/** A field's value in plain words (RFC 2047). */
export function plainWords(value: string): string {
  return value.includes('=?') ? decodeWords(value).replaceAll('\0', '') : value;
}

/** Of a field of addresses no more is read, in characters and in signs that part them: 100,000 mailboxes are far below. */
const longestList = 6 * 1024 * 1024;
const mostSigns = 800_000;

function readable(list: string): string {
  if (list.length < mostSigns) return list;
  let signs = 0;
  for (let at = 0; at < Math.min(list.length, longestList); at++)
    if (',;:<>()"\\'.includes(list[at]!) && ++signs > mostSigns) return list.slice(0, at);
  return list.slice(0, longestList);
}

/** All mailboxes of the fields of a name, those in groups too. */
export function addressesOf(fields: readonly Field[], name: string): InboundAddress[] {
  return fields
    .filter((field) => field.name === name)
    .flatMap(({ value }) => addressParser(readable(value), { flatten: true }))
    .filter(({ name, address }) => name !== '' || (address ?? '') !== '')
    .map(({ name, address }) => ({ name: name.replaceAll('\0', ''), address: address ?? '' }));
}

/** The envelope's sender, of a `Return-Path`: empty for the null sender, undefined where it is not told. */
export function returnPathOf(fields: readonly Field[]): string | undefined {
  const value = fields.find(({ name }) => name === 'return-path')?.value;
  if (value === undefined) return undefined;
  const inBrackets = /<([^<>]*)>/.exec(value);
  return (inBrackets?.[1] ?? value).trim();
}

/** More Message-IDs than any thread needs. */
const mostIds = 1000;

/** Message-IDs in angle brackets. */
export function messageIds(value: string): string[] {
  return (value.match(/<[^<>\s]{1,1000}>/g) ?? []).slice(0, mostIds);
}

/** The Message-ID of a message, which some systems write without brackets; undefined where there is none. */
export function messageIdOf(value: string): string | undefined {
  const [id] = messageIds(value);
  if (id !== undefined) return id;
  const bare = value.replace(/[<>]/g, '').trim();
  return bare === '' || /\s/.test(bare) || bare.length > 1000 ? undefined : `<${bare}>`;
}

/** Zones that Date.parse does not know and mail has; hours of others are not known, and so taken for UTC. */
const zones: Readonly<Record<string, string>> = {
  CET: '+0100',
  MET: '+0100',
  MEZ: '+0100',
  CEST: '+0200',
  MEST: '+0200',
  MESZ: '+0200',
  BST: '+0100',
  WEST: '+0100',
  EET: '+0200',
  EEST: '+0300',
  JST: '+0900',
  MSK: '+0300',
  EST: '-0500',
  EDT: '-0400',
  CST: '-0600',
  CDT: '-0500',
  MST: '-0700',
  MDT: '-0600',
  PST: '-0800',
  PDT: '-0700',
};

const dateForm =
  /(\d{1,2})[ -]+([A-Za-z]{3})[a-z]{0,6}[ -]+(\d{2,4}),?[ \t]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[ \t]*([+-]\d{4}|[A-Za-z]{2,5}))?/;
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Instant of a `Date` field (RFC 5322, 3.3 and 4.3), milliseconds since 1970; undefined where it is none. */
export function instantOf(value: string): number | undefined {
  const match = dateForm.exec(value.slice(0, 200));
  if (!match) return undefined;
  const [, day, word, years, hour, minute, second = '0', zone = '+0000'] = match;
  const month = months.indexOf(word!.toLowerCase());
  const offset = /^[+-]/.test(zone) ? zone : (zones[zone.toUpperCase()] ?? '+0000');
  let year = Number(years);
  if (years!.length === 2) year += year < 50 ? 2000 : 1900;
  else if (years!.length === 3) year += 1900;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3));
  const utc = Date.UTC(year, month, Number(day), Number(hour), Number(minute), Number(second));
  const right =
    month >= 0 && Number(day) >= 1 && Number(day) <= 31 && Number(hour) < 24 && Number(minute) < 60;
  return right ? utc - (offset.startsWith('-') ? -1 : 1) * minutes * 60_000 : undefined;
}
