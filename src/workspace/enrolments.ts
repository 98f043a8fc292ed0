import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isJournal } from '../domain/sending/journal-line.js';
import type { EnrolmentDraft, EnrolmentLine } from '../domain/sequences/enrolment-line.js';
import { appendLines } from './append-lines.js';
import { sequenceFolder } from './config/sequences.js';
import { readLines } from './line-file.js';

/**
 * Reads who was enrolled in a sequence, by all clones. What a crash cut off counts as not written.
 * @throws ItacaError `invalid` with path and line, where a line is not as it was written
 */
export async function readEnrolments(root: string, name: string): Promise<EnrolmentLine[]> {
  const folder = join(root, sequenceFolder, name);
  if (!existsSync(folder)) return [];
  const lines: EnrolmentLine[] = [];
  for (const file of (await readdir(folder)).filter(isJournal).sort())
    lines.push(...(await readLines<EnrolmentLine>(join(folder, file), join(folder, file))).lines);
  return lines;
}

/**
 * Adds lines to the ledger of a sequence; they are on disk when this returns. Call it while holding the lock.
 * @param place this clone's name, and the day, `YYYY-MM-DD`
 */
export async function appendEnrolments(
  root: string,
  name: string,
  drafts: readonly EnrolmentDraft[],
  { clone, date }: { clone: string; date: string },
): Promise<void> {
  if (drafts.length === 0) return;
  await appendLines(join(root, sequenceFolder, name, `${date}-${clone}.jsonl`), drafts);
}
