import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { asWriteError } from '../../domain/write-error.js';

/**
 * Writes a folder whole or not at all, for its owner alone, with `manifest.json`: the hash and size of every file.
 * @param files name in the folder, with `/` → content
 * @param about what else the manifest says
 * @throws ItacaError `conflict` where the folder is there already, `invalid` where it cannot be written
 */
export function writeFolder(
  folder: string,
  files: readonly (readonly [name: string, bytes: Buffer])[],
  about: object,
): void {
  const target = resolve(folder);
  const scratch = `${target}.${process.pid}.tmp`;
  const manifest = {
    ...about,
    files: files.map(([path, bytes]) => ({
      path,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
    })),
  };
  try {
    mkdirSync(scratch, { mode: 0o700 });
    for (const [name, bytes] of [
      ...files,
      ['manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)] as const,
    ]) {
      const file = resolve(scratch, name);
      if (!file.startsWith(`${scratch}${sep}`))
        throw new ItacaError('invalid', 'the path leads out of the folder', { path: name });
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, bytes, { mode: 0o600, flag: 'wx' });
    }
    if (existsSync(target)) throw new ItacaError('conflict', `${folder} is there already`, { path: folder });
    renameSync(scratch, join(target));
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true });
    throw asWriteError(error, folder) ?? error;
  }
}
