import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { IdSet } from '../../domain/events/id-set.js';
import type { LedgerName } from '../../domain/exports/ledger-tables.js';
import { isJournal } from '../../domain/sending/journal-line.js';
import { sequenceNames } from '../../workspace/config/definition-files.js';
import { sequenceFolder } from '../../workspace/config/sequences.js';
import { inboxFolder } from '../../workspace/inbox-ledger.js';
import type { Index } from '../../workspace/index/index.js';
import { eachLine } from '../../workspace/line-file.js';
import { flushesFolder } from '../outbox/waiting.js';
import { noticesFolder } from '../run/ready-notices.js';
import { handedOnFolder } from './hand-on.js';

/** A line of a ledger, as it was written. */
export type LedgerLine = { id: string } & Record<string, unknown>;

/** The folders that hold a ledger's files, in the workspace. */
function foldersOf(name: LedgerName, index: Index, root: string): string[] {
  const campaigns = () => index.list({ kinds: ['campaign'] }).map(({ path }) => dirname(path));
  const sequences = () => sequenceNames(root).map((one) => `${sequenceFolder}/${one}`);
  switch (name) {
    case 'sends':
      return [...[...campaigns(), ...sequences()].map((one) => `${one}/sends`), noticesFolder, flushesFolder];
    case 'events':
      return campaigns().map((one) => `${one}/events`);
    case 'inbox':
      return [inboxFolder];
    case 'sequences':
      return sequences();
    case 'exports':
      return [handedOnFolder];
  }
}

/**
 * Hands over all lines of a ledger, those that stand in several files once, file by file in the order of their dates.
 * @param ready awaited after each file: a file is at most some 32 MB
 * @throws ItacaError `invalid` with path and line, where a line is not as it was written
 */
export async function eachLedgerLine(
  name: LedgerName,
  { index, root }: { index: Index; root: string },
  take: (folder: string, line: LedgerLine) => void,
  ready: () => Promise<void> = async () => {},
): Promise<void> {
  const known = new IdSet();
  for (const folder of foldersOf(name, index, root)) {
    if (!existsSync(join(root, folder))) continue;
    for (const file of (await readdir(join(root, folder))).filter(isJournal).sort()) {
      const path = `${folder}/${file}`;
      await eachLine<LedgerLine>(join(root, path), path, (line) => {
        if (known.add(line.id)) take(folder, line);
      });
      await ready();
    }
  }
}
