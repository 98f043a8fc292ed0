import { existsSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ItacaError } from '../domain/error.js';
import { InboxBook } from '../domain/inbox/book.js';
import type { InboxDraft, InboxLine } from '../domain/inbox/ledger.js';
import { isJournal, withId } from '../domain/sending/journal-line.js';
import { insideWorkspace } from './files.js';
import { journalProblems } from './journal.js';
import { eachLine, LineFile, readLines, setTornAside } from './line-file.js';

/** The folder of what came in, in the workspace. */
export const inboxFolder = 'inbox';

/** The names of the ledgers of what came in; none where nothing ever did. */
export async function inboxLedgers(root: string): Promise<string[]> {
  const folder = join(root, inboxFolder);
  return existsSync(folder) ? (await readdir(folder)).filter(isJournal).sort() : [];
}

/**
 * Reads all that came in and what became of it.
 * @param each told of every line, with the ledger that it stands in
 * @throws ItacaError `invalid` with path and line, where a line is not as it was written
 */
export async function readInbox(
  root: string,
  each: (line: InboxLine, ledger: string) => void = () => {},
): Promise<InboxBook> {
  const book = new InboxBook();
  const known = new Set<string>();
  for (const name of await inboxLedgers(root)) {
    const path = `${inboxFolder}/${name}`;
    await eachLine<InboxLine>(join(root, path), path, (line) => {
      each(line, name);
      if (known.has(line.id)) return;
      known.add(line.id);
      book.add(line);
    });
  }
  return book;
}

/** Says something else once a ledger was written, by this process or another. */
export async function inboxStamp(root: string): Promise<string> {
  const names = await inboxLedgers(root);
  const sizes = await Promise.all(
    names.map(async (name) => `${name} ${(await stat(join(root, inboxFolder, name))).size}`),
  );
  return sizes.join('\n');
}

/**
 * Adds lines to the ledger of a source; they are on disk when this returns. Call it while holding the lock.
 * @param place the day, `YYYY-MM-DD`, the source, and this clone's name
 * @returns the lines as they stand there, and the path of the ledger in the workspace
 */
export async function appendInbox(
  root: string,
  drafts: readonly InboxDraft[],
  { date, source, clone }: { date: string; source: string; clone: string },
): Promise<{ lines: InboxLine[]; path: string }> {
  const path = `${inboxFolder}/${date}-${source}-${clone}.jsonl`;
  const file = insideWorkspace(root, path);
  await mkdir(join(root, inboxFolder), { recursive: true });
  const read = existsSync(file) ? await readLines<InboxLine>(file, path) : undefined;
  if (read?.torn !== undefined) await setTornAside(file, read);
  let received = read?.lines.filter(({ event }) => event === 'received').length ?? 0;
  const lines = drafts.map(
    (draft) =>
      withId(draft.event === 'received' ? { ...draft, n: ++received } : draft) as unknown as InboxLine,
  );
  const ledger = await LineFile.open(file, read, async () => {});
  try {
    await ledger.append(lines);
  } finally {
    await ledger.close();
  }
  return { lines, path };
}

/** Ledgers that cannot be read, with the first line that is wrong in each. */
export function inboxProblems(root: string): Promise<{ name: string; error: ItacaError }[]> {
  return journalProblems(join(root, inboxFolder));
}
