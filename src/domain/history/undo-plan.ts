/** What became of a file of the commit that is to be undone. */
export interface UndoneFile {
  path: string;
  /** Object id before the commit; null where there was no file. */
  before: string | null;
  /** … after it. */
  after: string | null;
  /** … now, in the last commit. */
  now: string | null;
}

export interface UndoPlan {
  /** Files that become what they were; null removes. */
  restore: { path: string; before: string | null; now: string | null }[];
  /** Files that later commits changed: they stand in the way. */
  changedLater: string[];
  /** Journals and other ledgers: they account for what happened, and stay. */
  ledgers: string[];
}

/** A ledger is appended to by machines, and never taken back. */
const isLedger = (path: string) => path.endsWith('.jsonl');

/** What undo does with each file of a commit. A file that is as it was before already needs nothing. */
export function planUndo(files: readonly UndoneFile[]): UndoPlan {
  const plan: UndoPlan = { restore: [], changedLater: [], ledgers: [] };
  for (const { path, before, after, now } of files) {
    if (isLedger(path)) plan.ledgers.push(path);
    else if (now === before) continue;
    else if (now === after) plan.restore.push({ path, before, now });
    else plan.changedLater.push(path);
  }
  return plan;
}
