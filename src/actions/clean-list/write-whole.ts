import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { asWriteError } from '../../domain/write-error.js';
import { fsyncFolder } from '../../workspace/files.js';

const bufferBytes = 1 << 20;

/**
 * Writes a file whole or not at all: temporary file beside it, fsync, rename, fsync of the folder.
 * @param parts written in order; small ones are gathered
 * @throws ItacaError `invalid` where the file cannot be written
 */
export function writeWhole(path: string, parts: Iterable<Uint8Array>): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, 'wx');
    try {
      writeParts(file, parts);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    fsyncFolder(dirname(path));
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    throw asWriteError(error, path) ?? error;
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
