import type { CommandSpec } from '../../cli/spec.js';

export const sync: CommandSpec = {
  name: 'sync',
  summary: 'share work with the team: commit, fetch, merge, check, push',
  description: `Commits what was edited by hand, fetches what the team published, merges it (never rebases), and publishes. Records
merge field by field: what one side changed stands, lists are joined, a note is merged by its lines.

A field that both sides set to different values is a conflict. It is written into the record between lines
"<<<<<<< ours" and ">>>>>>> theirs"; check names it, nothing is sent or published meanwhile, and this ends with 5.
Keep the line that is right, delete the others and the marker lines, and run sync again.

A person whom two clones added meanwhile, with the same e-mail address and a name that agrees, becomes one contact: the
one published first stays, with what it lacked; what named the other names it.

Whom the team erased is erased here before its work is merged. Where it rewrote the history for that, this ends with 6
until it is told to --adopt-rewrite: what is only here is then carried over, without that person, and git forgets the
old history.

init and sync configure this repository, and nothing outside of it, so that git merge and git pull merge records in
the same way: merge.itaca.driver runs "itaca merge-file %O %A %B %P" for the files that .gitattributes marks
merge=itaca. Without it git merges records as it does any text.`,
  options: [
    {
      flags: '--adopt-rewrite',
      description: 'take over a history that the team rewrote to erase a person; forgets the old one',
    },
  ],
  examples: ['sync', 'sync --dry-run', 'sync --json --no-input'],
  load: () => import('./sync.js'),
};

export const mergeFile: CommandSpec = {
  name: 'merge-file',
  summary: 'merge three versions of a file; git runs this',
  description: 'Writes the merge over <ours>. Ends with 1 where it holds a conflict, between markers.',
  args: [
    ['<base>', 'the version both sides began with'],
    ['<ours>', 'our version'],
    ['<theirs>', 'their version'],
    ['<path>', 'where the file lies in the repository'],
  ],
  examples: ['merge-file %O %A %B %P'],
  load: () => import('./merge-file.js'),
};
