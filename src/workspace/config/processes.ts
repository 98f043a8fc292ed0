import { type Process, processSchema } from '../../domain/cases/process.js';
import { ItacaError } from '../../domain/error.js';
import { processTypes } from './definition-files.js';
import { readYamlFile } from './read.js';

const folder = 'processes';

/**
 * The process of a type of case; undefined where it has none.
 * @throws ItacaError `invalid` with the line where the file is broken
 */
export function readProcess(root: string, type: string): Process | undefined {
  // A type comes from a record; it names a file, and must not lead to another one.
  if (!/^[\p{L}\p{N}_-]+$/u.test(type) || !processTypes(root).includes(type)) return undefined;
  const path = `${folder}/${type}.yaml`;
  const { data, lineOf } = readYamlFile(root, path);
  const result = processSchema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const at = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  throw new ItacaError('invalid', `${at.join('.')}: ${issue.message}`, { path, ...lineOf(at) });
}
