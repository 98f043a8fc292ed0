import type { CommandSpec, OptionSpec } from '../../cli/spec.js';

const found: OptionSpec[] = [
  { flags: '--limit <n>', description: 'show only so many groups, and so many pairs, the likeliest' },
  {
    flags: '--link <list.csv>',
    description: 'tell which rows of this list are on file already, and as what; - reads standard input',
  },
];

const zones =
  'Every record is compared with those that share anything telling with it, field by field. What is surely one makes a ' +
  'group; what may be is for a person to look at: itaca dedupe review. What was decided once stays decided. Nothing is ' +
  'written.';

export const contacts: CommandSpec = {
  name: 'contacts',
  summary: 'find people who are on file twice',
  description: zones,
  options: found,
  examples: [
    'dedupe contacts',
    'dedupe contacts --json --limit 20',
    'dedupe contacts --link fair.csv --csv > who-is-known.csv',
  ],
  load: () => import('./contacts.js'),
};

export const companies: CommandSpec = {
  name: 'companies',
  summary: 'find firms that are on file twice',
  description: zones,
  options: found,
  examples: ['dedupe companies', 'dedupe companies --json', 'dedupe companies --link customers.csv'],
  load: () => import('./companies.js'),
};

export const review: CommandSpec = {
  name: 'review',
  summary: 'look at likely doubles pair by pair, and decide',
  description:
    'Shows two records side by side: = where they agree, ≠ where they differ. One key decides: y the same, and they are ' +
    'merged; n never the same; u undecided, asked again another time; q ends; ? explains. Each decision is kept at once, ' +
    'as a commit of its own; itaca undo takes the last one back.',
  options: [
    { flags: '--companies', description: 'firms instead of people' },
    { flags: '--all', description: 'those that are surely one, too' },
    { flags: '--score', description: 'show how likely each pair is one' },
  ],
  examples: ['dedupe review', 'dedupe review --companies --all', 'dedupe review --score'],
  load: () => import('./review.js'),
};

export const decide: CommandSpec = {
  name: 'decide',
  summary: 'write down whether two records are one, without asking',
  description:
    'The decision is a record of its own, and counts for more than any comparison. It merges nothing: that is contact ' +
    'merge, or company merge. Deciding anew replaces what was decided; what two clones decided differently is asked again.',
  args: [
    ['<a>', 'id, e-mail address, phone number, identifier or name'],
    ['<b>', 'likewise'],
  ],
  options: [
    { flags: '--same', description: 'they are one' },
    { flags: '--different', description: 'they are two, and never asked about again' },
    { flags: '--why <text>', description: 'the reason, for whoever wonders later' },
  ],
  examples: [
    'dedupe decide k3f9w2q8ab 7xq2m4n8pd --different --why "father and son"',
    'dedupe decide mario@example.it m.rossi@example.it --same --json',
  ],
  load: () => import('./decide.js'),
};
