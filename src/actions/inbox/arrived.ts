import { extname } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import type { Arrival, Source } from '../../mail/sources/source.js';
import { isTyped, scanOf } from './letter.js';
import type { Arrived } from './read-message.js';

/** A message that cannot be read; it stays where it is. */
export interface Unread {
  place: string;
  /** A sentence. */
  fault: string;
}

/**
 * What lies in a source and is not known yet, read one by one. A scan with a text of the same name beside it, which somebody
 * typed from it, is one letter.
 */
export async function* arrivedFrom(
  source: Source,
  isKnown: (place: string) => boolean,
): AsyncGenerator<Arrived | Unread> {
  let scan: Arrived | undefined;
  for await (const arrival of source.arrivals(isKnown)) {
    const read = await readOne(arrival);
    if (read === undefined) continue;
    if (scan && 'raw' in read && isTyped(read) && stemOf(read.file) === stemOf(scan.file)) {
      yield { ...read, scan: scanOf(scan), scanPlace: scan.place, receivedAt: scan.receivedAt };
      scan = undefined;
      continue;
    }
    if (scan) yield scan;
    scan = undefined;
    if ('raw' in read && !read.isMail && !isTyped(read)) scan = read;
    else yield read;
  }
  if (scan) yield scan;
}

async function readOne(arrival: Arrival): Promise<Arrived | Unread | undefined> {
  const { place, file, receivedAt, isMail } = arrival;
  try {
    const raw = await arrival.read();
    return raw && { place, file, isMail, raw, ...(receivedAt === undefined ? {} : { receivedAt }) };
  } catch (error) {
    // One that is too large, or cannot be read, must not keep the others from being taken in.
    const ofOne = error instanceof ItacaError && (error.code === 'invalid' || error.code === 'refused');
    if (!ofOne) throw error;
    return { place, fault: error.message };
  }
}

function stemOf(file: string): string {
  return file.slice(0, file.length - extname(file).length);
}
