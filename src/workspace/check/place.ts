import type { Fault } from '../../domain/check/fault.js';
import { ItacaError } from '../../domain/error.js';
import type { Kind } from '../../domain/records/kind-names.js';
import { parseRecord } from '../codec/parse.js';
import { isKnownKey, type Problem } from '../index/row.js';

/** A fault as a problem of a file, at a place if one is known. */
export function problemOf(
  path: string,
  { message, hint }: Fault,
  place: { line?: number | undefined; column?: number | undefined } = {},
): Problem {
  return { path, line: place.line ?? null, column: place.column ?? null, message, hint: hint ?? null };
}

/**
 * Faults of a record with the line and column of each. The record is parsed again for it: most have none, and the
 * index keeps no places.
 * @param text the whole file; undefined where it is gone meanwhile
 */
export function placed(
  kind: Kind,
  path: string,
  text: string | undefined,
  faults: readonly Fault[],
): Problem[] {
  if (faults.length === 0) return [];
  try {
    const record = text === undefined ? undefined : parseRecord(text, path, isKnownKey(kind));
    return faults.map((fault) => problemOf(path, fault, record?.locate(fault.at)));
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    return faults.map((fault) => problemOf(path, fault));
  }
}
