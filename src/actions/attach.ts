import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { ItacaError } from '../domain/error.js';
import { slug } from '../domain/records/ids.js';
import { isoDate } from '../domain/time/clock.js';
import { insideWorkspace, writeFileAtomic } from '../workspace/files.js';
import type { Tools } from './tools.js';

/** A file beside the records, as a record names it. */
export interface Attachment {
  /** In the workspace, below `attachments/`. */
  path: string;
  sha256: string;
}

/** Files that were read and have their places, and are not there yet. */
export interface Attached {
  /** As the record names them. */
  attachments: Attachment[];
  /** Puts them there, and gives their paths for the commit. */
  keep(): string[];
}

const mostBytes = 50 * 1024 * 1024;

/**
 * Reads files that go into `attachments/`, each under the day, its name and the beginning of its hash, so that the same
 * file is there once. Nothing is written before `keep` is called, which is when all else is planned: call it while
 * holding the workspace's lock, and name the paths to `write`.
 * @throws ItacaError `not_found`; `invalid` for a folder and for more than 50 MB
 */
export function attach(files: readonly string[], tools: Tools): Attached {
  const { root } = tools.workspace;
  const day = isoDate(tools.clock.now(), tools.clock.timeZone);
  const read = new Map<string, { sha256: string; bytes: Buffer }>();
  for (const file of files) {
    const bytes = contentOf(file);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const extension = extname(file)
      .toLowerCase()
      .replace(/[^.a-z0-9]/g, '');
    const name = slug(basename(file, extname(file)), 'file');
    const placed = (hash: string) => `attachments/${day}-${name}-${hash}${extension}`;
    const short = placed(sha256.slice(0, 8));
    // A file that was changed where it lies keeps its place.
    const taken = hashOf(insideWorkspace(root, short)) ?? sha256;
    read.set(taken === sha256 ? short : placed(sha256), { sha256, bytes });
  }
  return {
    attachments: [...read].map(([path, { sha256 }]) => ({ path, sha256 })),
    keep() {
      for (const [path, { bytes }] of read) {
        if (!tools.dryRun && !existsSync(insideWorkspace(root, path))) writeFileAtomic(root, path, bytes);
      }
      return [...read.keys()];
    },
  };
}

function hashOf(file: string): string | undefined {
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : undefined;
}

function contentOf(file: string): Buffer {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) throw new ItacaError('not_found', `there is no file ${file}`);
  if (!stat.isFile()) throw new ItacaError('invalid', `${file} is no file`);
  if (stat.size > mostBytes) {
    throw new ItacaError(
      'invalid',
      `${file} is ${Math.ceil(stat.size / 1048576)} MB; at most 50 MB are kept`,
      {
        hint: 'keep it elsewhere and say where in the note',
      },
    );
  }
  return readFileSync(file);
}
