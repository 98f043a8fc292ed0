import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldCompanyName } from '../../domain/companies/company-name.js';
import { hostOf } from '../../domain/companies/domain-name.js';
import { bareVat, vatKey } from '../../domain/companies/vat-number.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { foldPersonName, foldText } from '../../domain/contacts/person-name.js';
import { phoneKey } from '../../domain/contacts/phone-number.js';
import { mergeEntries } from '../../domain/duplicates/provenance.js';
import { ItacaError } from '../../domain/error.js';
import { idOfPath, idOfRef } from '../../domain/records/ids.js';
import { type Kind, kindOfFolder, kindOfPath } from '../../domain/records/kind-names.js';
import { type SchemaIssue, schemaKeys, validate } from '../../domain/records/kinds.js';
import { decodeRecord, maxRecordBytes, type ParsedRecord, parseRecord } from '../codec/parse.js';
import { quickRead } from '../codec/quick-read.js';
import { jsonForSqlite } from './json-for-sqlite.js';

export interface Problem {
  path: string;
  line: number | null;
  column: number | null;
  message: string;
  hint: string | null;
}

export type KeyType = 'email' | 'phone' | 'identifier' | 'name' | 'tag' | 'domain' | 'message';

/** What the index holds of one file. */
export interface IndexRow {
  path: string;
  kind: Kind;
  id: string;
  title: string;
  /** The moment a timeline sorts it by, in epoch milliseconds; null for what has none. */
  at: number | null;
  /** Front matter as JSON; null where the file could not be read. */
  data: string | null;
  note: string;
  /** What full-text search finds besides title and note. */
  words: string;
  keys: [KeyType, string][];
  /** Records it names: [key, id]. */
  refs: [string, string][];
  problems: Problem[];
}

const knownKeys = new Map<Kind, Set<string>>();

/** Whether a top-level key belongs to a kind's schema. */
export function isKnownKey(kind: Kind): (key: string) => boolean {
  let keys = knownKeys.get(kind);
  if (!keys) {
    keys = new Set(schemaKeys(kind));
    knownKeys.set(kind, keys);
  }
  return (key) => keys.has(key);
}

/**
 * Reads one file into its row. Never throws for what the file holds: that becomes a problem of the row.
 * @param country default country of telephone numbers, ISO 3166-1 alpha-2
 */
export function readRow(
  root: string,
  path: string,
  size: number,
  country: string | undefined,
): IndexRow | undefined {
  const kind = kindOfPath(path) ?? kindOfFolder(path);
  if (!kind) return undefined;
  try {
    if (lstatSync(join(root, path)).isSymbolicLink()) {
      throw new ItacaError('invalid', 'a symbolic link is not followed: it may lead out of the workspace', {
        path,
        hint: 'put the record itself here',
      });
    }
    if (!kindOfPath(path)) return undefined;
    if (size > maxRecordBytes) decodeRecord({ length: size } as Uint8Array, path);
    return rowOf(kind, path, decodeRecord(readFileSync(join(root, path)), path), country);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const known = error instanceof ItacaError;
    return {
      ...emptyRow(kind, path),
      problems: [
        {
          path,
          line: known ? (error.line ?? null) : null,
          column: known ? (error.column ?? null) : null,
          message: known ? error.message : `cannot be read: ${(error as Error).message}`,
          hint: known ? (error.hint ?? null) : null,
        },
      ],
    };
  }
}

function emptyRow(kind: Kind, path: string): IndexRow {
  const id = idOfPath(path) ?? '';
  return {
    path,
    kind,
    id,
    title: '',
    at: null,
    data: null,
    note: '',
    words: '',
    keys: [],
    refs: [],
    problems: [],
  };
}

/** The row of a record's text. */
export function rowOf(kind: Kind, path: string, text: string, country: string | undefined): IndexRow {
  const known = isKnownKey(kind);
  const read = quickRead(text, known) ?? parseRecord(text, path, known);
  const { data, issues } = validate(kind, read.data);
  const problems = issues.length > 0 ? placed(issues, parseRecord(text, path, known), path) : [];
  const row = emptyRow(kind, path);
  if (row.id === '') {
    problems.push({
      path,
      line: null,
      column: null,
      message: 'the file name does not end in an id',
      hint: 'name it <words>-<10 characters>.md, such as mario-rossi-k3f9w2q8ab.md',
    });
  }
  return {
    ...row,
    title: titleOf(kind, data),
    at: momentOf(data),
    data: jsonForSqlite(data),
    note: read.note,
    words: wordsOf(data),
    keys: keysOf(kind, data, country),
    refs: refsOf(data),
    problems,
  };
}

/** What is wrong, with the line and column of each. */
function placed(issues: SchemaIssue[], record: ParsedRecord, path: string): Problem[] {
  return issues.map(({ at, message }) => ({
    path,
    ...record.locate(at),
    message: at.length > 0 ? `${at.join('.')}: ${message}` : message,
    hint: null,
  }));
}

function titleOf(kind: Kind, data: Record<string, unknown>): string {
  const first = [data.name, data.title, data.what, data.subject, data.number, data.address, data.domain].find(
    (value) => typeof value === 'string' && value !== '',
  ) as string | undefined;
  if (first !== undefined) return first;
  return kind === 'interaction' ? `${data.channel ?? ''} ${data.direction ?? ''}`.trim() : '';
}

function momentOf(data: Record<string, unknown>): number | null {
  for (const key of ['at', 'opened_at', 'made_at', 'placed_at', 'signed_at', 'start', 'send_at']) {
    const value = data[key];
    if (typeof value === 'string') {
      const ms = Date.parse(value);
      if (!Number.isNaN(ms)) return ms;
    }
  }
  return null;
}

const notWords = new Set([
  'at',
  'by',
  'id',
  'sha256',
  'wording_sha256',
  'content_sha256',
  'terms_sha256',
  'consents',
  'history',
  'merged_from',
  'merged_into',
]);

const unfolded = /[ßæœøđðþłı\p{sc=Greek}\p{sc=Cyrillic}]/iu;

function wordsOf(data: Record<string, unknown>): string {
  const words: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') words.push(value);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) if (!notWords.has(key)) collect(inner);
    }
  };
  collect(data);
  // The search engine takes accents off Latin letters; the others, and letters such as that of Łukasz, it leaves.
  const spelled = words.filter((word) => unfolded.test(word)).map(foldText);
  return [...words, ...spelled].join('\n');
}

/** Texts of a list whose items are texts or `{address}` / `{number}`. */
export function listed(value: unknown, key: string): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    const text = typeof item === 'string' ? item : (item as Record<string, unknown> | null)?.[key];
    return typeof text === 'string' ? [text] : [];
  });
}

function keysOf(kind: Kind, data: Record<string, unknown>, country: string | undefined): [KeyType, string][] {
  const keys = new Map<string, [KeyType, string]>();
  const add = (type: KeyType, value: string | undefined) => {
    if (value) keys.set(`${type}\0${value}`, [type, value]);
  };
  if (kind === 'contact' || kind === 'company') {
    for (const address of listed(data.emails, 'address'))
      add('email', canonicalEmail(address) ?? address.trim().toLowerCase());
    for (const phone of listed(data.phones, 'number')) add('phone', phoneKey(phone, country));
    for (const domain of listed(data.domains, 'domain')) add('domain', hostOf(domain));
    if (typeof data.name === 'string')
      add('name', kind === 'contact' ? foldPersonName(data.name) : foldCompanyName(data.name));
    if (kind === 'company' && typeof data.legal_name === 'string')
      add('name', foldCompanyName(data.legal_name));
    if (typeof data.vat === 'string') {
      const [first] = Array.isArray(data.addresses) ? (data.addresses as { country?: string }[]) : [];
      add('identifier', vatKey(data.vat, first?.country ?? country));
      add('identifier', bareVat(data.vat));
    }
  }
  if (typeof data.identifiers === 'object' && data.identifiers !== null) {
    for (const value of Object.values(data.identifiers))
      if (typeof value === 'string') add('identifier', value.toLowerCase());
  }
  if (kind !== 'contact' && kind !== 'company') {
    if (typeof data.number === 'string') add('identifier', data.number.toLowerCase());
    if (typeof data.title === 'string') add('name', foldPersonName(data.title));
  }
  if (kind === 'suppression') {
    if (typeof data.address === 'string')
      add('email', canonicalEmail(data.address) ?? data.address.toLowerCase());
    if (typeof data.domain === 'string') add('domain', data.domain.toLowerCase());
  }
  if (kind === 'interaction' && typeof data.message_id === 'string') add('message', bareId(data.message_id));
  if (Array.isArray(data.tags))
    for (const tag of data.tags) if (typeof tag === 'string') add('tag', tag.toLowerCase());
  return [...keys.values()];
}

/** A Message-ID as the index finds it: without its angle brackets. */
export function bareId(messageId: string): string {
  return messageId.trim().replace(/^<|>$/g, '');
}

const refKeys = [
  'company',
  'case',
  'deal',
  'campaign',
  'agreement',
  'answers',
  'edits',
  'contact',
  'contacts',
  'to',
  'made_in',
  'kept_in',
  'order',
  'merged_into',
  'confirmed_by_customer',
  'corrective_action',
  'confirmation',
  'parent',
  'warns',
  'related',
  'pair',
];

function refsOf(data: Record<string, unknown>): [string, string][] {
  const merged = mergeEntries(data).flatMap(({ ref }): [string, string][] => {
    const id = idOfRef(ref);
    return id ? [['merged_from', id]] : [];
  });
  return [...merged, ...positionsOf(data), ...refsByKey(data)];
}

/** The firms that somebody was at before. */
function positionsOf({ positions }: Record<string, unknown>): [string, string][] {
  if (!Array.isArray(positions)) return [];
  return positions.flatMap((one): [string, string][] => {
    const { company } = (one ?? {}) as { company?: unknown };
    const id = typeof company === 'string' ? idOfRef(company) : undefined;
    return id ? [['positions', id]] : [];
  });
}

function refsByKey(data: Record<string, unknown>): [string, string][] {
  return refKeys.flatMap((key) => {
    const value = data[key];
    return (Array.isArray(value) ? value : [value]).flatMap((item): [string, string][] => {
      const id = typeof item === 'string' ? idOfRef(item) : undefined;
      return id ? [[key, id]] : [];
    });
  });
}
