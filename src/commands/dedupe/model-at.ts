import type { Trained } from '../../domain/dedupe/linkage/model.js';
import { readInput } from '../shared/read-input.js';

/**
 * The model that `--model` names; undefined for the shipped one.
 * @throws ItacaError `invalid` for a file that is none
 */
export async function modelAt(path: string | undefined): Promise<Trained | undefined> {
  if (path === undefined) return undefined;
  const bytes = await readInput(path);
  const { readModel } = await import('../../actions/linkage/read-model.js');
  return readModel({ bytes, path });
}
