// A part of the program by itself, to measure it without the command around it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** What a file of src/ exports. */
export async function bundled(file) {
  const folder = mkdtempSync(join(tmpdir(), 'itaca-part-'));
  try {
    const outfile = join(folder, 'part.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL(`../${file}`, import.meta.url))],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
