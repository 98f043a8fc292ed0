import type { CommandSpec } from '../../cli/spec.js';
import { failIfAny, groupBy, since, until } from '../shared/report-options.js';

/** Reports that measure a period of work. */
export const measures: CommandSpec[] = [
  {
    name: 'promises',
    summary: 'promises made, kept, kept late and broken, with the proof',
    description:
      'Of the promises that were made in the period: kept counts the late ones too; broken is past due and neither ' +
      'kept nor cancelled; a day counts to its end. The proof of a broken promise is the first thing that came from ' +
      'the same person after it was due and before it was kept. The share kept is of those kept or broken.',
    options: [
      since,
      until,
      groupBy('member', 'office', 'month', 'customer'),
      { flags: '--list', description: 'list the broken and the late ones, each with its proof' },
      failIfAny('broken promise'),
    ],
    examples: [
      'report promises',
      'report promises --since 2026-10-01 --until 2026-10-31 --group-by office --csv',
      'report promises --list --json',
    ],
    load: () => import('./promises.js'),
  },
];
