import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const bufferBytes = 1 << 20;

/**
 * Writes a file whole or not at all: temporary file beside it, fsync, rename, fsync of the folder.
 * @param parts written in order; small ones are gathered
 */
export function writeWhole(path: string, parts: Iterable<Uint8Array>): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'wx');
  try {
    writeParts(file, parts);
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(temporary, { force: true });
    throw error;
  }
  closeSync(file);
  renameSync(temporary, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function writeParts(file: number, parts: Iterable<Uint8Array>): void {
  const buffer = Buffer.allocUnsafe(bufferBytes);
  let used = 0;
  const flush = () => {
    writeAll(file, buffer.subarray(0, used));
    used = 0;
  };
  for (const part of parts) {
    if (used + part.length > bufferBytes) flush();
    if (part.length > bufferBytes) writeAll(file, part);
    else {
      buffer.set(part, used);
      used += part.length;
    }
  }
  flush();
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
