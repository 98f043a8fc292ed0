import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withId } from '../domain/sending/journal-line.js';
import { LineFile, readLines, setTornAside } from './line-file.js';

/**
 * Adds lines to a ledger; they are on disk when this returns. What a crash left at its end is set aside. Call it while
 * holding the lock.
 * @param path absolute; the file and its folder are made where they are missing
 * @throws ItacaError `invalid` with path and line, where a line is not as it was written
 */
export async function appendLines(path: string, drafts: readonly object[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const read = existsSync(path) ? await readLines(path, path) : undefined;
  if (read?.torn !== undefined) await setTornAside(path, read);
  const file = await LineFile.open(path, read, async () => {});
  try {
    await file.append(drafts.map((draft) => withId(draft)));
  } finally {
    await file.close();
  }
}
