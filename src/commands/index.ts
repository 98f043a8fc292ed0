import type { TopLevelSpec } from '../cli/spec.js';

/** The first level of the command line. Only names and summaries, so that help costs nothing. */
export const topLevel: TopLevelSpec[] = [
  {
    name: 'init',
    summary: 'make a workspace, empty or from an example',
    load: async () => (await import('./daily/index.js')).init,
  },
  {
    name: 'log',
    summary: 'log a call, a visit, a letter …',
    load: async () => (await import('./daily/index.js')).log,
  },
  {
    name: 'due',
    summary: 'what is due: promises, deadlines',
    load: async () => (await import('./daily/index.js')).due,
  },
  {
    name: 'status',
    summary: 'what is late, unowned, unanswered',
    load: async () => (await import('./daily/index.js')).status,
  },
  {
    name: 'run',
    summary: 'one tick for cron: escalate, remind',
    load: async () => (await import('./daily/index.js')).run,
  },
  {
    name: 'find',
    summary: 'full-text search over all records',
    load: async () => (await import('./daily/index.js')).find,
  },
  {
    name: 'show',
    summary: 'a record and its timeline',
    load: async () => (await import('./daily/index.js')).show,
  },
  {
    name: 'report',
    summary: 'open cases and other reports',
    load: async () => (await import('./report/index.js')).default,
  },
  { name: 'contact', summary: 'people', load: async () => (await import('./contact/index.js')).default },
  { name: 'company', summary: 'firms', load: async () => (await import('./company/index.js')).default },
  {
    name: 'promise',
    summary: 'what was promised, to whom, by when',
    load: async () => (await import('./promise/index.js')).default,
  },
  {
    name: 'case',
    summary: 'questions, complaints, orders, cancellations',
    load: async () => (await import('./case/index.js')).default,
  },
  {
    name: 'review',
    summary: 'have ended cases looked at by somebody else',
    load: async () => (await import('./review/index.js')).default,
  },
  {
    name: 'deal',
    summary: 'what may be sold: stages, value, won and lost',
    load: async () => (await import('./deal/index.js')).default,
  },
  {
    name: 'campaign',
    summary: 'write to many people, each once',
    load: async () => (await import('./campaign/index.js')).default,
  },
  {
    name: 'sequence',
    summary: 'timed follow-up: mails, calls, letters',
    load: async () => (await import('./sequence/index.js')).default,
  },
  {
    name: 'inbox',
    summary: 'what comes in, each message accounted for',
    load: async () => (await import('./inbox/index.js')).default,
  },
  {
    name: 'outbox',
    summary: 'messages that wait to be sent on',
    load: async () => (await import('./outbox/index.js')).default,
  },
  {
    name: 'suppress',
    summary: 'who must not be written to',
    load: async () => (await import('./suppress/index.js')).default,
  },
  {
    name: 'consent',
    summary: 'what people agreed to, and what proves it',
    load: async () => (await import('./consent/index.js')).default,
  },
  {
    name: 'dedupe',
    summary: 'find who is there twice, in a list or between two',
    load: async () => (await import('./dedupe/index.js')).default,
  },
  {
    name: 'discover',
    summary: 'what the records know and nobody saw',
    load: async () => (await import('./discover/index.js')).default,
  },
  {
    name: 'import',
    summary: 'bring in contacts, or an event log, from a file',
    load: async () => (await import('./import/index.js')).default,
  },
  {
    name: 'export',
    summary: 'records for other programs, and cases as an event log',
    load: async () => (await import('./export/index.js')).default,
  },
  {
    name: 'check',
    summary: 'check records, references and settings',
    load: async () => (await import('./daily/index.js')).check,
  },
  {
    name: 'history',
    summary: 'who did what, to a record or in the whole workspace',
    load: async () => (await import('./daily/upkeep.js')).history,
  },
  {
    name: 'undo',
    summary: 'take back the last command, or another one',
    load: async () => (await import('./daily/upkeep.js')).undo,
  },
  {
    name: 'doctor',
    summary: 'check git, the index and the folder; --fix mends',
    load: async () => (await import('./daily/upkeep.js')).doctor,
  },
  {
    name: 'sync',
    summary: 'share work with the team',
    load: async () => (await import('./sync/index.js')).sync,
  },
  {
    name: 'sql',
    summary: 'ask the index in SQL, read-only',
    load: async () => (await import('./daily/index.js')).sql,
  },
  {
    name: 'completion',
    summary: 'print a completion script for a shell',
    load: async () => (await import('./daily/index.js')).completion,
  },
  {
    name: 'help',
    summary:
      'help on a command, or on queries, records, settings, processes, sequences, tracking, sql, exit-codes, environment',
    load: async () => (await import('./daily/index.js')).help,
  },
];

/** What other programs run; help and completion pass over it. */
export const hidden: TopLevelSpec[] = [
  {
    name: 'merge-file',
    summary: 'merge three versions of a file',
    load: async () => (await import('./sync/index.js')).mergeFile,
  },
];
