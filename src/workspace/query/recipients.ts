import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { idOfRef } from '../../domain/records/ids.js';
import { isJournal, type JournalLine } from '../../domain/sending/journal-line.js';
import { SendLedger } from '../../domain/sending/ledger.js';
import { linesIn } from '../line-file.js';

/**
 * Who got a campaign's message or may have got it, by its journals, which the index does not hold. A query asks for it
 * while it is translated, so it is read at once.
 * @param path of `campaign.md`, relative to the workspace
 * @returns ids of contacts as they were then; none where nothing was sent
 * @throws ItacaError `invalid` with path and line, where a journal is not as it was written
 */
export function recipientsOf(root: string, path: string): string[] {
  const sends = `${dirname(path)}/sends`;
  const folder = join(root, sends);
  if (!existsSync(folder)) return [];
  const ledger = new SendLedger();
  for (const name of readdirSync(folder).filter(isJournal).sort()) {
    const { lines } = linesIn<JournalLine>(readFileSync(join(folder, name)), `${sends}/${name}`);
    for (const line of lines) ledger.add(line);
  }
  return [...ledger.records()]
    .filter(({ state }) => state === 'sent' || state === 'unknown')
    .flatMap(({ intent }) => idOfRef(intent.contact) ?? []);
}
