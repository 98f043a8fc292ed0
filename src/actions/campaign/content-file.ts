import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { mostBytes, sizeText } from '../../domain/campaigns/size.js';
import { ItacaError } from '../../domain/error.js';
import { insideWorkspace } from '../../workspace/files.js';

/** A file that is part of what a campaign says. */
export interface ContentFile {
  /** In the workspace. */
  path: string;
  bytes: Buffer;
  /** In hexadecimal. */
  sha256: string;
}

/**
 * Reads a file that goes out with a campaign. What lies elsewhere on the machine stays there, also where a symbolic
 * link leads to it.
 * @param folder that it must lie in, relative to the workspace; empty for the workspace
 * @param name relative to the folder, with `/`
 * @returns undefined where there is none
 * @throws ItacaError `invalid` where it leads out of the folder, is no file, or is larger than a message may be
 */
export function contentFile(root: string, folder: string, name: string): ContentFile | undefined {
  const path = folder === '' ? name : `${folder}/${name}`;
  const invalid = (message: string) => new ItacaError('invalid', message, { path });
  if (name.startsWith('/') || name.includes('\\') || name.split('/').includes('..'))
    throw invalid(`"${name}" leads out of the folder`);
  const file = insideWorkspace(root, path);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (!stat.isFile()) throw invalid(`"${name}" is no file`);
  if (!realpathSync(file).startsWith(realpathSync(join(root, folder)) + sep))
    throw invalid(`"${name}" leads out of the folder`);
  if (stat.size > mostBytes) {
    throw invalid(
      `"${name}" is ${sizeText(stat.size)}; a message of more than ${sizeText(mostBytes)} is refused by most mail servers`,
    );
  }
  const bytes = readFileSync(file);
  return { path, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
