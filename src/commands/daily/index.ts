import type { CommandSpec } from '../../cli/spec.js';
import { channels } from '../../domain/interactions/channels.js';

export const init: CommandSpec = {
  name: 'init',
  summary: 'make a workspace, empty or from an example',
  description: 'The folder becomes a git repository with one commit, unless it lies in one already.',
  args: [['[dir]', 'where (default: this folder)']],
  options: [
    {
      flags: '--example <name>',
      description: 'start from a copy of an example',
      choices: ['fair', 'bookclub'],
    },
    { flags: '--name <name>', description: 'the firm' },
    { flags: '--timezone <zone>', description: 'IANA name (default: the machine’s)' },
    { flags: '--country <code>', description: 'ISO 3166-1, for telephone numbers and holidays' },
    { flags: '--language <code>', description: 'the language you write in first' },
    { flags: '--member <key>', description: 'short name of the first member (default: your login)' },
    { flags: '--no-git', description: 'make no git repository' },
    { flags: '--hooks', description: 'let git check what is staged before each commit' },
  ],
  examples: [
    'init crm --name "ACME srl" --country IT',
    'init demo --example fair',
    'init crm --country IT --hooks',
  ],
  load: () => import('./init.js'),
};

export const log: CommandSpec = {
  name: 'log',
  summary: 'log a call, a visit, a letter … and what was promised',
  description: `Without arguments, on a terminal, it asks. Channels: ${channels.join(', ')}.`,
  args: [
    ['[channel]', 'phone, email, meeting, visit, letter, fax, chat, note …'],
    ['[who]', 'a person or a firm: e-mail, phone, name, id'],
    ['[text]', 'what was said; - reads standard input'],
  ],
  options: [
    { flags: '--in', description: 'they came to us' },
    { flags: '--out', description: 'we went to them' },
    { flags: '--outcome <outcome>', description: 'held, reached, no_answer, busy, voicemail, abandoned …' },
    { flags: '--address <address>', description: 'our own number or address that it came in by' },
    { flags: '--minutes <n>', description: 'how long it took' },
    { flags: '--subject <text>', description: 'in a few words' },
    { flags: '--case <case>', description: 'the case it belongs to' },
    { flags: '--deal <deal>', description: 'the deal it belongs to' },
    { flags: '--campaign <campaign>', description: 'the campaign it belongs to' },
    { flags: '--agreement <agreement>', description: 'the agreement it is about' },
    { flags: '--topic <topic>', description: 'may be repeated', repeatable: true },
    { flags: '--at <when>', description: 'when it was (default: now)' },
    { flags: '--promise <what>', description: 'what was promised to them' },
    { flags: '--due <when>', description: 'by when: 2026-11-24, fri, tomorrow 15:00, 3d' },
    { flags: '--keeps <promise>', description: 'the promise that is kept by it' },
    {
      flags: '--answers <record>',
      description: 'what came in and is answered by it, such as a review; nobody need be named then',
    },
    {
      flags: '--warns <record>',
      description: 'of a note: what it warns of, which shows it from then on; may be repeated',
      repeatable: true,
    },
    {
      flags: '--attach <file>',
      description: 'a file that came or went with it; may be repeated',
      repeatable: true,
    },
  ],
  examples: [
    'log phone mario@example.it "asks where his order is" --in --promise "call back with the date" --due fri',
    'log phone mario@example.it "told him the date" --out --keeps k3f9w2q8ab',
    'log visit "ACME srl" "showed the new lamps" --out --minutes 45',
    'log fax "02 5550 0123" - --in --attach fax.pdf < fax.txt',
    'log web "Thank you, Ada: a new lamp is on its way" --answers k3f9w2q8ab',
    'log note "Sales has mailed these people on Monday" --warns spring-news-k3f9w2q8ab',
  ],
  load: () => import('./log.js'),
};

export const due: CommandSpec = {
  name: 'due',
  summary: 'what is due: promises, deadlines of cases, hand-overs, people to keep in touch with, renewals',
  description:
    'What is overdue comes first. A contact with a rhythm (keep_in_touch: P3M) is due when so much has passed since the ' +
    'last word of either side, and silent when we wrote and heard nothing for twice as long. A renewal comes up 30 days ' +
    'before the last day of notice, a commitment that is not met 30 days before its time is over.',
  options: [
    { flags: '--mine', description: 'only what I have to do' },
    { flags: '--office [office]', description: 'only what an office has to do (default: mine)' },
    { flags: '--overdue', description: 'only what is late' },
    { flags: '--within <time>', description: 'only what is due by then: 3d, fri, 2026-11-30' },
    { flags: '--ics', description: 'an iCalendar file (RFC 5545), for calendars' },
  ],
  examples: [
    'due',
    'due --mine --within 3d',
    'due --office service --overdue --json',
    'due --mine --ics > due.ics',
  ],
  load: () => import('./due.js'),
};

export const run: CommandSpec = {
  name: 'run',
  summary: 'one tick for cron: escalate, remind, follow up, acknowledge, renew, end agreements',
  description:
    'Raises cases by the escalation of their processes, opens a case for each agreement whose last day of notice comes ' +
    'near, ends those whose end is confirmed in writing and has come, takes the people in each sequence a step on, ' +
    'sends customers the receipt that their process words, and members what they are told: escalations at once, ' +
    'what is due once a day. Safe to run as often as you like, in several clones: what was done is not done again, and ' +
    'a missed day is caught up once. Mails go to the outbox, or by SMTP under the lease of the team. Prints what it did, ' +
    'and nothing where nothing was to be done; exit code 7 says that a mail did not leave that should have.',
  options: [
    { flags: '--take-over', description: 'take the right to send from a clone that is gone for good' },
  ],
  examples: ['run', 'run --dry-run', 'run --quiet -C /srv/crm'],
  load: () => import('./run.js'),
};

export const status: CommandSpec = {
  name: 'status',
  summary: 'what is late, unowned, not accepted, unanswered, or owned by two systems',
  description:
    'Unanswered is what a customer said, in a case or outside of one, that no word of ours followed. Two systems own the ' +
    'same thing where sources in itaca.yaml says so, also in two spellings.',
  examples: ['status', 'status --json'],
  load: () => import('./status.js'),
};

export const find: CommandSpec = {
  name: 'find',
  summary: 'full-text search over all records',
  description:
    'Accents and case do not matter; the last word may be the beginning of one. After the records that hold the words ' +
    'come those that hold other forms of them: libro for libri, order for orders.',
  args: [['<words...>', 'all of them must occur']],
  options: [
    { flags: '--kind <kind>', description: 'only records of this kind' },
    { flags: '--limit <n>', description: 'at most so many', default: '50' },
  ],
  examples: ['find smoked glass', 'find perche --kind interaction --json'],
  load: () => import('./find.js'),
};

export const show: CommandSpec = {
  name: 'show',
  summary: 'a record of any kind and its timeline',
  args: [['<ref>', 'id, path, e-mail address, phone number, identifier or name']],
  examples: ['show mario@example.it', 'show k3f9w2q8ab --json'],
  load: () => import('./show.js'),
};

export const check: CommandSpec = {
  name: 'check',
  summary: 'check records, references and settings',
  description:
    'Every record against its schema and against itself, references, ids, conflict markers, addresses that cannot be, ' +
    'itaca.yaml, processes and calendars. Silent and 0 where all is well; otherwise path:line:column: message for each ' +
    'problem, and 1.',
  args: [['[paths...]', 'only these files or folders']],
  options: [
    { flags: '--staged', description: 'only what is staged, as the next commit would hold it' },
    {
      flags: '--history',
      description: 'whether a commit that others have seen is gone: amended, rebased, force-pushed',
    },
    {
      flags: '--format <format>',
      description: 'how to print: as a compiler does, or as annotations of GitHub Actions',
      choices: ['text', 'github'],
      default: 'text',
    },
  ],
  examples: [
    'check',
    'check contacts',
    'check --json',
    'check --staged',
    'check --history',
    'check --format github',
  ],
  load: () => import('./check.js'),
};

export const sql: CommandSpec = {
  name: 'sql',
  summary: 'ask the index in SQL, read-only',
  description:
    'Views: contacts, companies, interactions, promises, cases, deals, agreements, orders, campaigns, suppressions; ' +
    'a column for each key, beside id, path, note and data (all of it as JSON). The columns: itaca help sql.',
  args: [['<select>', 'one select statement']],
  examples: [
    'sql "select id, title from campaigns" --json',
    `sql "select channel, count(*) as n from interactions group by channel order by n desc"`,
  ],
  load: () => import('./sql.js'),
};

export const completion: CommandSpec = {
  name: 'completion',
  summary: 'print a completion script for a shell',
  args: [['<shell>', 'bash, zsh or fish']],
  examples: [
    'completion bash > ~/.local/share/bash-completion/completions/itaca',
    'completion fish | source',
  ],
  load: () => import('./completion.js'),
};

export const help: CommandSpec = {
  name: 'help',
  summary:
    'help on a command, or on queries, records, settings, processes, sequences, tracking, sql, exit-codes, environment',
  args: [
    [
      '[topic...]',
      'a command, or queries, records, settings, processes, sequences, tracking, sql, exit-codes, environment',
    ],
  ],
  examples: ['help queries', 'help sql', 'help case open'],
  load: () => import('./help.js'),
};
