import { ItacaError } from '../error.js';
import type { HistoryEntry } from './entry.js';

/**
 * The commit that `undo` takes back, among the commits of a branch, the newest first. Without a name it is the last
 * command that is not taken back already, so that two undos take back the last two commands, as in an editor; an undo
 * is passed over, and so is what people committed by hand, and what cron did meanwhile. A named undo is itself taken back: that is a redo.
 * @param named full id of a commit
 * @param isEmpty whether a commit changed nothing: there is nothing of it to take back, and it is passed over
 * @throws ItacaError `not_found` where there is none, `refused` where it is taken back already
 */
export async function findUndoTarget(
  newestFirst: AsyncIterable<HistoryEntry>,
  named: string | undefined,
  isEmpty: (entry: HistoryEntry) => Promise<boolean> = async () => false,
): Promise<HistoryEntry> {
  /** What is taken back, and by which undo. An undo that is itself taken back counts for nothing. */
  const takenBack = new Map<string, string>();
  for await (const entry of newestFirst) {
    const by = takenBack.get(entry.commit);
    if (by === undefined && entry.undoes !== undefined) takenBack.set(entry.undoes, entry.commit);
    if (named === undefined) {
      if (
        by === undefined &&
        entry.undoes === undefined &&
        !entry.by_hand &&
        !machineWork.test(entry.command) &&
        !(await isEmpty(entry))
      )
        return entry;
    } else if (entry.commit === named) {
      if (by === undefined) return entry;
      throw new ItacaError('refused', `${short(named)} was undone already, by ${short(by)}`, {
        hint: `to have it again: itaca undo ${short(by)}`,
      });
    }
  }
  if (named === undefined) throw new ItacaError('not_found', 'there is no command to undo');
  throw new ItacaError('not_found', `${short(named)} is not in the history of this branch`);
}

/** A commit id as people write it. */
export function short(commit: string): string {
  return commit.slice(0, 10);
}

/** What cron does between the commands of people. */
const machineWork = /^run$/;

/** Commands that reached out of the workspace, or were meant to be for good. */
const forGood: [command: RegExp, why: string, hint: string][] = [
  [
    /^(?:(?:campaign|survey) (?:send|test)|outbox flush|sequence run)$/,
    'messages have left, and no undo calls them back',
    'write to the people again: itaca help campaign',
  ],
  [
    /^campaign resolve$/,
    'the journal of a send only grows: what was decided may have been acted on',
    'write to the people again: itaca help campaign',
  ],
  [
    /(?:^| )erase$/,
    'an erasure is for good: what a person had erased does not come back',
    'what else was changed is changed back by hand; who wants to be on file again: itaca contact add',
  ],
  [
    /^import events$/,
    'what became of messages stands in ledgers that only grow, and what people said by it holds',
    'where an address is suppressed by mistake: itaca suppress rm <address>',
  ],
  [
    /^inbox (?:pull|file|dismiss|teach)$/,
    'the inbox accounts for all that came in, in ledgers that only grow',
    'file it anew, with --contact, --case or --intent: itaca inbox file',
  ],
  [
    machineWork,
    'it did what was due and may have sent mails; the next run would do it again',
    'change what makes it due: the case, the agreement, the process',
  ],
  [/^(?:init)$/, 'it made the workspace', 'to be rid of it, remove the folder'],
];

/**
 * Refuses what must not be taken back.
 * @throws ItacaError `refused` with the reason
 */
export function refuseUndo(entry: HistoryEntry): void {
  const refuse = (why: string, hint: string) => {
    throw new ItacaError('refused', `"${entry.command}" (${short(entry.commit)}) cannot be undone: ${why}`, {
      hint,
    });
  };
  if (entry.parents.length > 1)
    refuse('it joins the work of two clones', 'undo the commands that it brought, one by one');
  if (entry.by_hand) refuse('a person committed it, not Itaca', `git revert ${short(entry.commit)}`);
  for (const [command, why, hint] of forGood) if (command.test(entry.command)) refuse(why, hint);
  if (entry.parents.length === 0) refuse('nothing was before it', 'remove what it made by hand');
}
