import type { NounSpec, OptionSpec } from '../../cli/spec.js';

const which: [string, string] = ['<agreement>', 'number, id or reference'];
const words: [string, string] = ['[words]', 'what was said; - reads standard input'];
const file: OptionSpec = {
  flags: '--attach <file>',
  description: 'a file that came or went with it; may be repeated',
  repeatable: true,
};
const effective: OptionSpec = {
  flags: '--effective <day>',
  description: 'when it ends (default: by its notice and its term)',
};

const noun: NounSpec = {
  name: 'agreement',
  summary: 'subscriptions, memberships, contracts; how they end',
  verbs: [
    {
      name: 'open',
      summary: 'put an agreement on file',
      args: [['<who>', 'the person or the firm']],
      options: [
        { flags: '--number <number>', description: 'what it is called in letters and mails' },
        { flags: '--kind <kind>', description: 'subscription, membership, service …' },
        { flags: '--start <day>', description: 'its first day (default: today)' },
        { flags: '--end <day>', description: 'its last day, or how long it runs: P2Y' },
        { flags: '--notice <days>', description: 'days of notice' },
        {
          flags: '--commitment <what>',
          description: 'what has to be taken, and in which time: "8 books P2Y"',
        },
        { flags: '--signed <day>', description: 'when it was signed' },
        { flags: '--terms <file>', description: 'the terms that were signed; kept with their hash' },
      ],
      examples: [
        'agreement open mario@example.it --number PN-2026-0301 --kind subscription --end P2Y --notice 30 --commitment "8 books P2Y"',
      ],
      load: () => import('./open.js'),
    },
    {
      name: 'list',
      summary: 'list agreements that have not ended',
      args: [['[query...]', 'such as state:cancel_requested']],
      options: [
        {
          flags: '--unconfirmed',
          description: 'whose end was asked for and never confirmed in writing, the longest first',
        },
        { flags: '--all', description: 'those that have ended too' },
      ],
      examples: ['agreement list', 'agreement list --unconfirmed --json'],
      load: () => import('./list.js'),
    },
    {
      name: 'show',
      summary: 'show an agreement: its commitment, how its end stands, its timeline',
      args: [which],
      examples: ['agreement show PN-2025-00184'],
      load: () => import('./show.js'),
    },
    {
      name: 'cancel',
      summary: 'the customer asks to end it: from now on no offer goes to him',
      description:
        'What came in by another way than the inbox is put on file with it: --channel and what was said. What is on file is ' +
        'named with --in; where neither is said, the case of type cancellation that names the agreement. The process of ' +
        'that type has the clock: a case is opened where none is.',
      args: [which, words],
      options: [
        { flags: '--in <record>', description: 'the interaction or case by which it was asked for' },
        { flags: '--channel <channel>', description: 'how it came: letter, phone, shop …' },
        { flags: '--at <when>', description: 'when it came (default: now)' },
        file,
      ],
      examples: [
        'agreement cancel PN-2025-00184 "wants to stop" --channel phone',
        'agreement cancel PN-2025-00184 --channel letter --at 2026-10-12 --attach letter.pdf',
        'agreement cancel PN-2025-00184 --in disdetta-k3f9w2q8ab',
      ],
      load: () => import('./cancel.js'),
    },
    {
      name: 'acknowledge',
      summary: 'the customer is told that his request arrived, and when it takes effect',
      description:
        'It ends with its term where notice was given in time; with no term, or once the commitment is met, when the days of ' +
        'notice are over. --effective says otherwise.',
      args: [which, words],
      options: [
        { flags: '--channel <channel>', description: 'how he is told; puts the answer on file' },
        { flags: '--in <interaction>', description: 'what told him, where it is on file' },
        effective,
        file,
      ],
      examples: [
        'agreement acknowledge PN-2025-00184 "We have your letter; it ends on 31 March 2027." --channel letter',
        'agreement acknowledge PN-2025-00184 --in re-disdetta-k3f9w2q8ab --effective 2026-12-31',
      ],
      load: () => import('./acknowledge.js'),
    },
    {
      name: 'confirm',
      summary: 'the customer is told in writing that it ends, and when',
      description:
        'Needs a written word of ours to him on file, by email, letter, fax or chat. Once the day on which it takes effect ' +
        'is over the agreement is terminated: at once, or by itaca run. Nothing is terminated without.',
      args: [which, words],
      options: [
        { flags: '--channel <channel>', description: 'how it goes to him; puts it on file' },
        { flags: '--in <interaction>', description: 'what left, where it is on file' },
        effective,
        file,
      ],
      examples: [
        'agreement confirm PN-2025-00184 "Your subscription ends on 31 March 2027." --channel letter --attach letter.pdf',
        'agreement confirm PN-2025-00184 --in confirmation-k3f9w2q8ab',
      ],
      load: () => import('./confirm.js'),
    },
    {
      name: 'verify',
      summary: 'what customers were told, against what is on record; exit 1 where they differ',
      description:
        'Finds what was called ended while it is not, what was asked for and is not on record, what ended and was never ' +
        'told in writing, another day than the recorded one, and what left or was ordered after the end. What was said is ' +
        'known by its words in English, Italian, German, French and Spanish; whoever reads the evidence decides.',
      args: [['[agreement...]', 'only these (default: all)']],
      examples: ['agreement verify', 'agreement verify PN-2025-00184 --json'],
      load: () => import('./verify.js'),
    },
  ],
};

export default noun;
