import type { CommandSpec } from '../../cli/spec.js';

export const history: CommandSpec = {
  name: 'history',
  summary: 'who did what, to a record or in the whole workspace',
  description:
    'From the commits, the newest first. A record is followed by its id through renames and moves, also one that is ' +
    'gone. A commit made by hand shows its author and the first line of its message.',
  args: [
    ['[ref]', 'id, path, e-mail address, phone number, identifier or name; none means the whole workspace'],
  ],
  options: [
    { flags: '--by <who>', description: 'only what this member did' },
    { flags: '--since <when>', description: 'only from then on: 2026-11-01, yesterday, 2w (two weeks ago)' },
    { flags: '--until <when>', description: 'only up to then' },
    { flags: '--command <text>', description: 'only commands that hold this text, such as import' },
    { flags: '--limit <n>', description: 'at most so many' },
    { flags: '--diff', description: 'show each change, line by line (of one record)' },
  ],
  examples: [
    'history mario@example.it',
    'history k3f9w2q8ab --diff',
    'history --by anna --since 2026-11-01 --json',
    'history --command import --limit 5',
  ],
  load: () => import('./history.js'),
};

export const undo: CommandSpec = {
  name: 'undo',
  summary: 'take back the last command, or another one',
  description:
    'As a new commit; nothing is rewritten. Undo again takes back the command before; undo of an undo has it again. ' +
    'Sends, erasures, inbox runs and ledgers are not taken back, and nothing that later work rests on.',
  args: [['[commit]', 'as history shows it (default: the last command that is not undone)']],
  examples: ['undo', 'undo --dry-run', 'undo 1a2b3c4d5e --yes'],
  load: () => import('./undo.js'),
};

export const doctor: CommandSpec = {
  name: 'doctor',
  summary: 'check git, the index and the folder; --fix mends',
  description: 'Exit 1 where something fails. What the records say is the business of check.',
  options: [{ flags: '--fix', description: 'mend what can be mended' }],
  examples: ['doctor', 'doctor --fix', 'doctor --json'],
  load: () => import('./doctor.js'),
};
