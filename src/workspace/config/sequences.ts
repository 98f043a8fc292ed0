import { ItacaError } from '../../domain/error.js';
import { type Sequence, sequenceSchema } from '../../domain/sequences/sequence.js';
import { sequenceNames } from './definition-files.js';
import { readYamlFile } from './read.js';

/** The folder of sequences; what belongs to one lies in a folder of its name below it. */
export const sequenceFolder = 'sequences';

/** The file that defines a sequence, relative to the workspace. */
export function sequencePath(name: string): string {
  return `${sequenceFolder}/${name}.yaml`;
}

/**
 * A sequence by its name.
 * @throws ItacaError `not_found` with the names there are; `invalid` with the line where the file is broken
 */
export function readSequence(root: string, name: string): Sequence {
  const names = sequenceNames(root);
  // The name comes from a person; it names a file, and must not lead to another one.
  if (!names.includes(name)) {
    throw new ItacaError('not_found', `there is no sequence "${name}"`, {
      hint: names.length > 0 ? `sequences are: ${names.join(', ')}` : `write ${sequencePath('<name>')}`,
    });
  }
  const path = sequencePath(name);
  const { data, lineOf } = readYamlFile(root, path);
  const result = sequenceSchema.safeParse(data);
  if (result.success) return { ...result.data, name };
  const issue = result.error.issues[0]!;
  const at = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  throw new ItacaError('invalid', `${at.join('.')}: ${issue.message}`, { path, ...lineOf(at) });
}
