import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { fileSource } from './file.js';
import { folderSource } from './folder.js';
import { maildirSource } from './maildir.js';
import { mboxSource } from './mbox.js';
import { ofFile } from './of-file.js';
import { fileKind } from './one-file.js';
import type { Source, Tell } from './source.js';

/** What a path may be said to be, where it is not to be found out. */
export type PathKind = 'maildir' | 'mbox' | 'folder';

export interface PathOptions {
  /** What a relative path starts from. */
  base: string;
  tell: Tell;
  /** What it must be; else what lies there tells. */
  kind?: PathKind;
}

/**
 * The source at a path: a file that begins with a From line is an mbox, a folder with `cur` and `new` a Maildir, any
 * other folder one of files; `~/` is the home folder.
 * @param label the path as it was named
 * @throws ItacaError `not_found` where there is nothing; `invalid` where it is not what it should be
 */
export async function openPath(label: string, { base, tell, kind }: PathOptions): Promise<Source> {
  const path = label.startsWith('~/') ? join(homedir(), label.slice(2)) : resolve(base, label);
  const found = await ofFile(label, stat(path));
  if (found.isDirectory()) {
    const isMaildir = await hasFolders(path);
    if (kind === 'mbox') throw notWhatItShould(label, 'an mbox, but a folder');
    if (kind === 'maildir' && !isMaildir) throw notWhatItShould(label, 'a Maildir: it lacks cur or new');
    if (isMaildir && kind !== 'folder') return maildirSource(path, label, tell);
    return folderSource(path, label, tell);
  }
  if (kind === 'maildir' || kind === 'folder') throw notWhatItShould(label, 'a folder');
  // A spool is empty where no mail waits.
  if (kind === 'mbox' && found.size === 0) return mboxSource(path, label, tell);
  const what = await ofFile(label, fileKind(path, kind === 'mbox' ? '' : basename(path)));
  if (what === 'mbox') return mboxSource(path, label, tell);
  if (kind === 'mbox') throw notWhatItShould(label, 'an mbox: it does not begin with "From "');
  if (what === 'other')
    throw new ItacaError('invalid', `${label} is neither a message, an mbox nor a scan`, {
      path: label,
      hint: 'a message begins with its header, an mbox with "From "; a scan is a .pdf, .tif, .jpg, .png or .txt',
    });
  return fileSource(path, label, what === 'mail');
}

function notWhatItShould(label: string, what: string): ItacaError {
  return new ItacaError('invalid', `${label} is not ${what}`, { path: label });
}

async function hasFolders(path: string): Promise<boolean> {
  const parts = await Promise.all(
    ['cur', 'new'].map((name) => stat(join(path, name)).catch(() => undefined)),
  );
  return parts.every((part) => part?.isDirectory());
}
