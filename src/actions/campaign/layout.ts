import { readFileSync } from 'node:fs';
import type { Layout } from '../../mail/layout.js';
import { packaged } from '../packaged.js';
import { contentFile } from './content-file.js';

/** Where a workspace keeps a layout of its own; the program's lies under the same name beside it. */
export const layoutPath = 'templates/mail/layout.html';

/**
 * The page around every message: the workspace's own where it has one, else the program's. It is a template like the
 * bodies, which reads no files and runs no code.
 * @returns with the hash of the workspace's own; the program's is none of a campaign's content
 * @throws ItacaError `invalid` for one that is no text file of the workspace
 */
export function readLayout(root: string): { layout: Layout; sha256?: string } {
  const own = contentFile(root, '', layoutPath);
  if (!own) return { layout: { html: readFileSync(packaged(layoutPath), 'utf8'), path: layoutPath } };
  return { layout: { html: own.bytes.toString('utf8'), path: layoutPath }, sha256: own.sha256 };
}
