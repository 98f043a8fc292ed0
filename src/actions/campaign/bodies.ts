import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import { anyLanguage } from '../../domain/campaigns/language.js';
import { ItacaError } from '../../domain/error.js';
import { hasConflictMarkers } from '../../domain/merge/conflict-markers.js';
import { insideWorkspace } from '../../workspace/files.js';

/** A campaign's bodies by language, `*` for `body.md`, with the file of each. */
export type Bodies = Map<string, { text: string; path: string }>;

/**
 * Reads the bodies that lie beside a campaign's record.
 * @param path of `campaign.md`, relative to the workspace
 * @throws ItacaError `invalid` for a body that is no text, or holds merge-conflict markers
 */
export function readBodies(root: string, path: string): Bodies {
  const folder = dirname(path);
  const bodies: Bodies = new Map();
  for (const name of readdirSync(insideWorkspace(root, folder)).sort()) {
    const match = /^body(?:\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))?\.md$/.exec(name);
    if (!match) continue;
    const file = `${folder}/${name}`;
    const text = bodyOf(readFileSync(insideWorkspace(root, file)), file);
    bodies.set(match[1] ?? anyLanguage, { text, path: file });
  }
  return bodies;
}

/**
 * The text of a body.
 * @throws ItacaError `invalid` for one that is no text, or holds merge-conflict markers
 */
export function bodyOf(bytes: Buffer, path: string): string {
  const text = bytes.toString('utf8');
  if (text.includes('\0')) throw new ItacaError('invalid', 'the body is not a text file in UTF-8', { path });
  if (hasConflictMarkers(text)) {
    throw new ItacaError('invalid', 'the body holds merge-conflict markers', {
      path,
      line: text.slice(0, text.search(/^<{7} /m)).split('\n').length,
      hint: 'choose one side, delete the marker lines, then commit',
    });
  }
  return text;
}
