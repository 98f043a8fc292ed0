import { closeSync, fsyncSync, mkdtempSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { asWriteError } from '../../domain/write-error.js';
import { fsyncFolder } from '../../workspace/files.js';

/**
 * Has a file or folder made beside its place, and puts it there when it is done: it is there whole or not at all.
 * @param out what is not there yet
 * @param make gets the absolute path to make it at
 * @throws ItacaError `invalid` where it cannot be written
 */
export async function wholeOrNothing<T>(out: string, make: (path: string) => Promise<T>): Promise<T> {
  const target = resolve(out);
  let workshop: string | undefined;
  try {
    workshop = mkdtempSync(join(dirname(target), `.${basename(target).slice(0, 100)}-`));
    const path = join(workshop, 'made');
    const result = await make(path);
    const made = openSync(path, 'r');
    fsyncSync(made);
    closeSync(made);
    renameSync(path, target);
    fsyncFolder(dirname(target));
    return result;
  } catch (error) {
    throw asWriteError(error, out) ?? error;
  } finally {
    if (workshop !== undefined) rmSync(workshop, { recursive: true, force: true });
  }
}
