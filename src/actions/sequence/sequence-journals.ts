import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SendRecord } from '../../domain/sending/ledger.js';
import type { Sequence } from '../../domain/sequences/sequence.js';
import { sequenceNames } from '../../workspace/config/definition-files.js';
import { readSequence, sequenceFolder } from '../../workspace/config/sequences.js';
import { readJournals } from '../../workspace/journal.js';

/** A sequence with the messages that were sent in it. */
export interface SequenceJournal {
  sequence: Sequence;
  records: SendRecord[];
}

/**
 * Reads what sequences sent, also those that are defined no more.
 * @throws ItacaError `invalid` with path and line where a journal, or the definition of a sequence that sent, is broken
 */
export async function sequenceJournals(root: string): Promise<SequenceJournal[]> {
  const folder = join(root, sequenceFolder);
  if (!existsSync(folder)) return [];
  const defined = new Set(sequenceNames(root));
  const found: SequenceJournal[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const { name } = entry;
    const { ledger } = await readJournals(join(folder, name, 'sends'));
    const records = [...ledger.records()];
    if (records.length === 0) continue;
    const sequence = defined.has(name)
      ? readSequence(root, name)
      : { name, title: name, purpose: '', steps: [] };
    found.push({ sequence, records });
  }
  return found;
}
