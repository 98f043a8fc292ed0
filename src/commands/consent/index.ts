import type { CommandSpec, NounSpec, OptionSpec } from '../../cli/spec.js';
import { bases } from '../../domain/consent/bases.js';
import { channels } from '../../domain/interactions/channels.js';

const who: [string, string] = ['<who>', 'e-mail, phone, name or id of the person'];

const purpose: OptionSpec = {
  flags: '--purpose <purpose>',
  description: 'what for; a purpose of itaca.yaml',
};

/** What every word may carry. */
const carried: OptionSpec[] = [
  {
    flags: '--wording <file>',
    description: 'the text that was shown, or one kept already; kept in wordings/',
  },
  {
    flags: '--evidence <file>',
    description: 'what proves it: a file, kept with its hash; or in words where the paper lies',
  },
  { flags: '--source <text>', description: 'where it was said: a stand, a form, a call' },
  { flags: '--at <when>', description: 'when it was said, if not now' },
  { flags: '--by <member>', description: 'who took it down, if not you' },
];

const no = (name: string, summary: string, description: string, examples: string[]): CommandSpec => ({
  name,
  summary,
  description,
  args: [who],
  options: [
    purpose,
    {
      flags: '--channel <channel>',
      description: 'only by this channel; by none at all without',
      choices: channels,
    },
    ...carried,
  ],
  examples,
  load: () => (name === 'refuse' ? import('./refuse.js') : import('./withdraw.js')),
});

const noun: NounSpec = {
  name: 'consent',
  summary: 'what people agreed to, and what proves it',
  verbs: [
    {
      name: 'give',
      summary: 'put a yes on file, with the words that were shown',
      description:
        'A yes holds for one purpose and one channel. Who rests on it must be able to prove it (GDPR art. 7(1)): keep the ' +
        'text that was shown, or what was signed. Entries are added and never changed; the latest one holds.',
      args: [who],
      options: [
        purpose,
        {
          flags: '--channel <channel>',
          description: 'how he may be written to',
          choices: [...channels, 'all'],
          default: 'email',
        },
        {
          flags: '--basis <basis>',
          description: 'what it rests on, if not what itaca.yaml says (GDPR art. 6)',
          choices: bases,
        },
        { flags: '--until <when>', description: 'when it ends: 2y (from --at), 2028-12-31' },
        {
          flags: '--third-parties <names>',
          description: 'whom the data may be given to, with commas between; all for anybody',
        },
        ...carried,
      ],
      examples: [
        'consent give mario@example.it --purpose newsletter --wording newsletter.it.txt --source "Fiera 2026"',
        'consent give mario@example.it --purpose newsletter --evidence sheet-24.pdf --at 2026-10-08 --until 2y',
      ],
      load: () => import('./give.js'),
    },
    no('refuse', 'put a no on file, said before any yes', 'Without --channel the no is to every channel.', [
      'consent refuse mario@example.it --purpose newsletter --source "call of this morning"',
    ]),
    no(
      'withdraw',
      'take a yes back; nothing more leaves from then on',
      'Without --purpose everything that he said yes to is withdrawn, without --channel by every channel.',
      ['consent withdraw mario@example.it', 'consent withdraw mario@example.it --purpose newsletter'],
    ),
    {
      name: 'show',
      summary: 'how a person stands towards each purpose, since when, and what proves it',
      args: [who],
      options: [{ flags: '--on <date>', description: 'as it was on that day' }],
      examples: ['consent show mario@example.it', 'consent show mario@example.it --on 2026-10-14 --json'],
      load: () => import('./show.js'),
    },
  ],
};

export default noun;
