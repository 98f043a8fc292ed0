import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  isEdited,
  promisedHash,
  wordingFolder,
  wordingPath,
  wordingSha256,
  wordingText,
} from '../../domain/consent/wording.js';
import { ItacaError } from '../../domain/error.js';
import { hasConflictMarkers } from '../../domain/merge/conflict-markers.js';
import { decodeRecord } from '../../workspace/codec/parse.js';
import { insideWorkspace } from '../../workspace/files.js';
import type { Change } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';

/** A text that people were shown. */
export interface Wording {
  /** Where it is kept, relative to the workspace. */
  path: string;
  sha256: string;
  text: string;
}

/** A text that somebody named, and is perhaps not kept yet. */
export interface NamedWording extends Wording {
  /** Puts it in its place; where it is there already, that changes nothing. */
  change: Change;
}

const mostBytes = 1024 * 1024;

/**
 * The text that a person names: a file, or one that is kept already, by its path, its name or the beginning of its hash.
 * @throws ItacaError `not_found`, naming those that are kept; `invalid` for what is no text; `conflict` for a kept one
 *   that was edited
 */
export function namedWording(
  named: string,
  purpose: string,
  { root }: Pick<Workspace, 'root'>,
): NamedWording {
  const kept = keptNamed(root, named);
  const file = existsSync(named) || kept === undefined ? named : insideWorkspace(root, kept);
  const text = wordingText(readText(file, named, () => keptWordings(root)));
  if (text.trim() === '') throw new ItacaError('invalid', 'the wording is empty', { path: named });
  if (hasConflictMarkers(text))
    throw new ItacaError('invalid', 'the wording holds merge-conflict markers', { path: named });
  const sha256 = wordingSha256(text);
  const before = file === named ? keptPath(root, sha256) : kept;
  if (before !== undefined) refuseEdited(root, before);
  const path = before ?? wordingPath(purpose, sha256);
  return { path, sha256, text, change: { op: 'write', path, text } };
}

function refuseEdited(root: string, path: string): void {
  if (!isEdited(path, keptText(root, path))) return;
  throw new ItacaError('conflict', 'this wording was edited after people had been shown it', {
    path,
    hint: `put it back: git checkout -- ${path}; another text goes into a file of its own`,
  });
}

/** The text that an entry names by its hash; undefined where it is not kept, or was edited since. */
export function wordingOf(root: string, sha256: string | undefined): Wording | undefined {
  const path = sha256 === undefined ? undefined : keptPath(root, sha256);
  if (sha256 === undefined || path === undefined) return undefined;
  const text = keptText(root, path);
  return wordingSha256(text) === sha256 ? { path, sha256, text } : undefined;
}

/** Paths of all kept texts. */
export function keptWordings(root: string): string[] {
  const folder = join(root, wordingFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [`${wordingFolder}/${entry.name}`] : []))
    .filter((path) => promisedHash(path) !== undefined)
    .sort();
}

/** What a kept text says; nothing where the file is larger than any wording, which its name then belies. */
export function keptText(root: string, path: string): string {
  const file = insideWorkspace(root, path);
  return statSync(file).size > mostBytes ? '' : readFileSync(file).toString('utf8');
}

function keptPath(root: string, sha256: string): string | undefined {
  return keptWordings(root).find((path) => sha256.startsWith(promisedHash(path) as string));
}

function keptNamed(root: string, named: string): string | undefined {
  const name = named.replace(/\.md$/, '').replace(/^.*\//, '');
  const kept = keptWordings(root);
  const whole = kept.find((path) => path === `${wordingFolder}/${name}.md`);
  if (whole !== undefined || !/^[0-9a-f]{7,64}$/.test(name)) return whole;
  const found = kept.filter((path) => {
    const hash = promisedHash(path) as string;
    return hash.startsWith(name) || name.startsWith(hash);
  });
  return found.length === 1 ? found[0] : undefined;
}

function readText(file: string, named: string, kept: () => string[]): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) {
    const known = kept();
    throw new ItacaError('not_found', `there is no wording ${named}`, {
      hint:
        known.length === 0
          ? 'name a file that holds what the person was shown'
          : `name a file, or one that is kept: ${known.slice(-5).join(', ')}`,
    });
  }
  if (!stat.isFile()) throw new ItacaError('invalid', `${named} is no file`);
  if (stat.size > mostBytes)
    throw new ItacaError('invalid', `${named} is larger than 1 MB`, {
      hint: 'a wording is what a person reads; keep a scan with --evidence',
    });
  try {
    return decodeRecord(readFileSync(file), named);
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    throw new ItacaError('invalid', 'a wording is a text in UTF-8', {
      path: named,
      hint: 'keep a scan or a PDF with --evidence',
      cause: error,
    });
  }
}
