import type { NounSpec } from '../../cli/spec.js';

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
      load: () => import('./cases.js'),
    },
    {
      name: 'conformance',
      summary: 'how cases went, and how that fits their process',
      description:
        'From the histories of cases: their variants, how long they took, what follows what, what is done twice, and the\n' +
        'moves that their process does not allow. A median is that of the case in the middle. Precedence holds in a case\n' +
        'where the second activity does not come before the first; response, where the second follows each first.',
      args: [['[query...]', 'only these cases; see: itaca help queries']],
      options: [
        { flags: '--type <type>', description: 'only cases of this type' },
        { flags: '--since <when>', description: 'only cases opened since' },
        { flags: '--until <when>', description: 'only cases opened until, that day included' },
        {
          flags: '--pair <pair>',
          description: 'look at this pair of activities; may be repeated (default: the common ones)',
          repeatable: true,
        },
        {
          flags: '--classifier <keys>',
          description: 'what names an event beside its activity, such as lifecycle_transition',
        },
      ],
      examples: [
        'report conformance --type complaint',
        'report conformance --json',
        'report conformance --pair "Take in charge ticket > Resolve ticket" --since 2026-01-01',
      ],
      load: () => import('./conformance.js'),
    },
  ],
};

export default noun;
