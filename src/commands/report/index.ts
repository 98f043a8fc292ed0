import type { NounSpec } from '../../cli/spec.js';
import { measures } from './measures.js';

const noun: NounSpec = {
  name: 'report',
  summary: 'open cases and other reports',
  verbs: [
    {
      name: 'cases',
      summary: 'open cases, the overdue and the oldest first',
      options: [
        { flags: '--owner <member>', description: 'only this member’s' },
        { flags: '--office <office>', description: 'only this office’s' },
        { flags: '--overdue', description: 'only those with a deadline missed' },
        { flags: '--fail-if-any', description: 'exit 1 where there is any, for cron' },
      ],
      examples: ['report cases', 'report cases --json', 'report cases --overdue --fail-if-any --quiet'],
      load: () => import('./refuse-stranger.js'),
    },
    ...measures,
  ],
};

export default noun;
