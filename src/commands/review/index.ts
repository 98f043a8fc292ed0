import type { NounSpec } from '../../cli/spec.js';
import { since, until } from '../shared/report-options.js';

const noun: NounSpec = {
  name: 'review',
  summary: 'have ended cases looked at by somebody else',
  verbs: [
    {
      name: 'sample',
      summary: 'draw resolved and closed cases for somebody who had no hand in them',
      description:
        'A hand in a case have those who own or owned it, who stand in its history, and who logged an interaction in ' +
        'it. The same seed draws the same cases; without one it is that of the ISO week and the reviewer, so that cron ' +
        'may ask twice.',
      options: [
        { flags: '--count <n>', description: 'how many', default: '5' },
        { flags: '--for <member>', description: 'the reviewer (default: you)' },
        { flags: '--seed <text>', description: 'draws another sample, or the same one again' },
        since,
        until,
      ],
      examples: ['review sample', 'review sample --for boss --count 3 --since 2w --json'],
      load: () => import('./sample.js'),
    },
    {
      name: 'record',
      summary: 'put on file what you found',
      description:
        'The finding becomes an internal note of the case, with the topic review. Nobody reviews a case that he had a ' +
        'hand in.',
      args: [
        ['<case>', 'id, reference or title'],
        ['<finding>', 'what you saw; - reads standard input'],
      ],
      options: [{ flags: '--outcome <outcome>', description: 'in a word: good, late, wrong …' }],
      examples: [
        'review record k3f9w2q8ab "answered twice, the second time wrong" --outcome wrong --as boss',
      ],
      load: () => import('./record.js'),
    },
    {
      name: 'list',
      summary: 'findings on file, the newest first',
      options: [
        { flags: '--case <case>', description: 'only about this case' },
        { flags: '--by <member>', description: 'only of this reviewer' },
        since,
        until,
      ],
      examples: ['review list --since 4w', 'review list --by boss --csv'],
      load: () => import('./list.js'),
    },
  ],
};

export default noun;
