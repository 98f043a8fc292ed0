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
  {
    name: 'workload',
    summary: 'who has how much to do, and who makes work for whom',
    description:
      'Now: cases that ask for work, promises not kept yet and how long they will take, those of both that are late, and deadlines of the next ' +
      'seven days. In the period (default: four weeks): minutes logged, cases opened or reopened a week against cases ' +
      'ended (resolved, closed, rejected, merged) a week, and contacts by customers. Who makes work for whom: cases ' +
      'that one opened and another owns, hand-overs, and questions to colleagues; what one makes for himself does not ' +
      'count.',
    options: [
      since,
      until,
      groupBy('member', 'office', 'customer', 'case', 'campaign'),
      { flags: '--flows', description: 'list who makes work for whom' },
      failIfAny('case or promise overdue'),
    ],
    examples: [
      'report workload',
      'report workload --group-by office --since 2026-09-01 --json',
      'report workload --flows --csv',
    ],
    load: () => import('./workload.js'),
  },
  {
    name: 'causes',
    summary: 'what solved cases came from, and what they cost',
    description:
      'Cases that stand as resolved or closed, by when they last ended: how many, which share, the costs of their ' +
      'remedies by currency, how many in each month, how many the customer himself said to be solved, and how many had ' +
      'been held for solved before. Rejected and merged ones have no cause and do not count.',
    options: [
      since,
      until,
      groupBy('cause', 'office', 'owner', 'type', 'month'),
      failIfAny('case solved in the period'),
    ],
    examples: [
      'report causes',
      'report causes --since 2026-01-01 --json',
      'report causes --group-by office --csv',
    ],
    load: () => import('./causes.js'),
  },
  {
    name: 'activity',
    summary: 'what every office did, as a digest to be mailed',
    description:
      'In the period (default: the last 24 hours): interactions by channel and direction, cases opened, moved and ' +
      'ended, promises made and kept, and messages that campaigns sent; each counts for who did it. Text for people, ' +
      'also in a pipe. With --quiet nothing at all is printed where nothing happened.',
    options: [since, until, groupBy('office', 'member'), failIfAny('activity')],
    examples: [
      'report activity --since 24h --quiet',
      'report activity --since mon --group-by member',
      'report activity --since 2026-11-01 --json',
    ],
    load: () => import('./activity.js'),
  },
  {
    name: 'personal',
    summary: 'how much of what customers get is from person to person',
    description:
      'Personal: phone, meeting, visit, letter or chat with a member, that reached somebody. Automated: messages that ' +
      'campaigns sent, and interactions that went out with a campaign. Other: e-mail, fax, web and the rest, where it ' +
      'is not on file whether a person wrote. The share is of the personal and the automated ones. Notes and what ' +
      'stays within the firm do not count.',
    options: [
      since,
      until,
      groupBy('office', 'customer', 'month'),
      failIfAny('row with automated contacts alone'),
    ],
    examples: [
      'report personal',
      'report personal --group-by customer --csv',
      'report personal --since 2026-01-01 --group-by month --json',
    ],
    load: () => import('./personal.js'),
  },
  {
    name: 'pipeline',
    summary: 'deals under way and what they are worth; won, lost, and why',
    description:
      'Now: deals under way, their value by currency, the same weighed by the probability of each stage (deals.stages in ' +
      'itaca.yaml), days since the last move, and those that should have closed. In the period (default: all): by stage, ' +
      'how many came to it, and of these how many went on to a later stage or were won; by anything else, deals opened, ' +
      'won and lost. The share won is of those won or lost.',
    options: [
      since,
      until,
      groupBy('stage', 'owner', 'office', 'source'),
      {
        flags: '--lost',
        description: 'list why deals were lost: what stands before the colon of each reason',
      },
      failIfAny('deal that should have closed'),
    ],
    examples: [
      'report pipeline',
      'report pipeline --since 2026-10-01 --group-by owner --csv',
      'report pipeline --lost --json',
    ],
    load: () => import('./pipeline.js'),
  },
];
