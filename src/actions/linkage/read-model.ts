import type { Trained } from '../../domain/dedupe/linkage/model.js';
import { parseModel } from '../../domain/dedupe/linkage/model-file.js';
import { ItacaError } from '../../domain/error.js';
import type { Input } from './open-list.js';

/** A model is a few kilobytes; a list that was named by mistake is not read for one. */
const mostBytes = 1 << 20;

/**
 * Reads a file that `dedupe train` wrote. It is data, and nothing in it is run.
 * @throws ItacaError `invalid`
 */
export function readModel({ bytes, path }: Input): Trained {
  if (bytes.length > mostBytes)
    throw new ItacaError('invalid', 'this is no model: it is larger than a megabyte', { path });
  return parseModel(new TextDecoder().decode(bytes), path);
}
