import type { CommandSpec } from '../../cli/spec.js';
import { channels } from '../../domain/interactions/channels.js';
import { failIfAny, since, until } from '../shared/report-options.js';

/** Reports on what campaigns sent. */
export const sent: CommandSpec[] = [
  {
    name: 'sends',
    summary: 'who got what, when, and from which office',
    description:
      'The messages that left in the period, by the journals of the sends; `unknown` ones may have left. The office is ' +
      'the campaign’s, or that of the member who asked for it.',
    options: [
      since,
      until,
      {
        flags: '--group-by <key>',
        description: 'count them, a row for each',
        choices: ['campaign', 'office', 'customer', 'month'],
      },
    ],
    examples: [
      'report sends --since 2026-10-01',
      'report sends --group-by office --json',
      'report sends --group-by customer --csv',
    ],
    load: () => import('./sends.js'),
  },
  {
    name: 'who-did-what',
    summary: 'who asked for, built, approved and sent each campaign, to how many and when',
    description:
      'Who built it is who changed its record or a body, and who sent it who ran the send, both by the history of the ' +
      'workspace. With a period, only campaigns that sent in it, and only those messages; without one, also drafts, ' +
      'which come first.',
    options: [since, until],
    examples: ['report who-did-what', 'report who-did-what --since 2026-10-01 --json'],
    load: () => import('./who-did-what.js'),
  },
  {
    name: 'sends-after-cancel',
    summary: 'messages that left after the person had said no; there should be none',
    description:
      'Each message against what was on file when it left: suppressions of the address or its domain, a consent ' +
      'refused or taken back, an agreement cancelled (unless the campaign switched that hold off). A no with a date ' +
      'alone forbids from the end of its day. A journal that cannot be read is an error.',
    options: [since, until, failIfAny('such message')],
    examples: ['report sends-after-cancel', 'report sends-after-cancel --since 1w --fail-if-any --quiet'],
    load: () => import('./sends-after-cancel.js'),
  },
  {
    name: 'consents',
    summary: 'who agreed to what, whose yes ends soon, and whose cannot be proven',
    description:
      'People by purpose and standing on one channel. A yes to what rests on consent is proven by the text that was ' +
      'shown, kept in wordings/, or by what was signed (GDPR art. 7(1)).',
    options: [
      {
        flags: '--channel <channel>',
        description: 'towards messages by this channel',
        choices: channels,
        default: 'email',
      },
      failIfAny('yes that nothing proves'),
    ],
    examples: ['report consents', 'report consents --json', 'report consents --fail-if-any --quiet'],
    load: () => import('./consents.js'),
  },
];
