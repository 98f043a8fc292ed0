import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Fault } from '../domain/check/fault.js';
import { isId } from '../domain/records/ids.js';
import { readYaml } from './config/read.js';
import type { Problem } from './index/row.js';

/** The folder of what says that a person was erased. */
export const erasuresFolder = 'erasures';

/** That a person was erased; it holds nothing of him but ids. */
export interface Erasure {
  /** Id of the contact, and of those that were merged into it; the first names the file. */
  contacts: string[];
  /** ISO 8601. */
  at: string;
  /** The member who did it. */
  by: string;
  why?: string;
  /** Kinds of which the records stayed, without the person. */
  kept?: string[];
  /** Other records that went, by id. */
  records: string[];
  /** `purged` where the past was rewritten, too. */
  history?: 'purged';
}

export function erasurePath(contact: string): string {
  return `${erasuresFolder}/${contact}.yaml`;
}

/** All erasures of the workspace; what cannot be read is passed over, for `check` tells of it. */
export function readErasures(root: string): Erasure[] {
  const folder = join(root, erasuresFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap(
      (name) => parseErasure(readFileSync(join(folder, name), 'utf8'), `${erasuresFolder}/${name}`) ?? [],
    );
}

/** Erasures that cannot be read: by them nobody would be known who was erased. */
export function erasureProblems(root: string): Problem[] {
  const folder = join(root, erasuresFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = `${erasuresFolder}/${name}`;
    if (name.endsWith('.yaml') && parseErasure(readFileSync(join(folder, name), 'utf8'), path)) return [];
    const message = 'this is no erasure: expected contacts, a list of ids';
    return [{ path, line: 1, column: 1, message, hint: 'restore it from git' }];
  });
}

/** An erasure as its file says; undefined where it is none. */
export function parseErasure(text: string, path: string): Erasure | undefined {
  let data: unknown;
  try {
    ({ data } = readYaml(text, path));
  } catch {
    return undefined;
  }
  const { contacts, at, by, why, kept, records, history } = (data ?? {}) as Record<string, unknown>;
  if (!isIds(contacts) || contacts.length === 0) return undefined;
  return {
    contacts,
    at: String(at ?? ''),
    by: String(by ?? ''),
    ...(typeof why === 'string' ? { why } : {}),
    ...(Array.isArray(kept) ? { kept: kept.map(String) } : {}),
    records: isIds(records) ? records : [],
    ...(history === 'purged' ? { history } : {}),
  };
}

export function formatErasure(erasure: Erasure): string {
  // An id may look like a number: it is text for every reader.
  return stringify(erasure, { defaultStringType: 'PLAIN', version: '1.2', lineWidth: 0 });
}

/**
 * Two versions of one erasure: what either says is erased is erased, and the published one tells by whom.
 * @returns undefined for what is none
 */
export function mergeErasures(path: string, ours: string, theirs: string): string | undefined {
  if (!path.startsWith(`${erasuresFolder}/`)) return undefined;
  const [mine, other] = [parseErasure(ours, path), parseErasure(theirs, path)];
  if (!mine || !other) return undefined;
  const records = [...new Set([...mine.records, ...other.records])].sort();
  const contacts = [...new Set([...other.contacts, ...mine.contacts])];
  return formatErasure({ ...mine, ...other, contacts, records });
}

/** Of a record that is on file, though it was erased. */
export function erasedFault(id: string): Fault {
  return {
    at: [],
    message: `${id} was erased, yet it is on file`,
    hint: 'itaca sync erases it again; without a team: itaca contact erase, with the id that erasures/ names',
  };
}

/** Of a file that says who was erased, and that was taken away. */
export function erasureTakenBack(path: string): Problem {
  const message = 'this erasure was taken back; who was erased stays erased';
  const hint = `itaca sync puts it back and erases again; without a team: git checkout <commit> -- ${path}`;
  return { path, line: null, column: null, message, hint };
}

/** Ids of all that is erased: of people, and of the records that went with them. */
export function erasedIds(root: string): Set<string> {
  return new Set(readErasures(root).flatMap(({ contacts, records }) => [...contacts, ...records]));
}

function isIds(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && isId(one));
}
