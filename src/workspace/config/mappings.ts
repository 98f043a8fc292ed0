import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { type Mapping, mappingFaults, mappingSchema } from '../../domain/lists/mapping.js';
import { namesIn } from './definition-files.js';
import { readYaml } from './read.js';

/** The file that keeps a mapping, relative to the workspace. */
export function mappingPath(name: string): string {
  return `mappings/${name}.yaml`;
}

/**
 * The mappings of imported lists that the workspace keeps, by name.
 * @throws ItacaError `invalid` with the line where one is broken
 */
export function readMappings(root: string): { name: string; mapping: Mapping; text: string }[] {
  if (!existsSync(join(root, 'mappings'))) return [];
  return namesIn(root, 'mappings').map((name) => {
    const path = mappingPath(name);
    const text = readFileSync(join(root, path), 'utf8');
    const { data, lineOf } = readYaml(text, path);
    const result = mappingSchema.safeParse(data);
    const issue = result.error?.issues[0];
    const fault = issue
      ? { at: issue.path.map(String), message: `${issue.path.join('.')}: ${issue.message}` }
      : mappingFaults(result.data as Mapping)[0];
    if (fault) throw new ItacaError('invalid', fault.message, { path, ...lineOf(fault.at) });
    return { name, mapping: result.data as Mapping, text };
  });
}
