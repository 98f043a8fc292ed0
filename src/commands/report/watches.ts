import type { CommandSpec } from '../../cli/spec.js';
import { failIfAny, since, until } from '../shared/report-options.js';

/** Reports that watch over deadlines. */
export const watches: CommandSpec[] = [
  {
    name: 'cases',
    summary: 'open cases, the overdue and the oldest first',
    args: [['[query...]', 'only these cases, such as type:complaint']],
    options: [
      { flags: '--owner <member>', description: 'only this member’s' },
      { flags: '--office <office>', description: 'only this office’s' },
      { flags: '--overdue', description: 'only those with a deadline missed' },
      { flags: '--since <when>', description: 'only those opened from then on: 2w, mon, 2026-10-01' },
      { flags: '--until <when>', description: 'only those opened up to then' },
      {
        flags: '--group-by <key>',
        description: 'count them, a row for each',
        choices: ['owner', 'office', 'state', 'type', 'priority', 'channel', 'deadline', 'age'],
      },
      { flags: '--fail-if-any', description: 'exit 1 where there is any, for cron' },
    ],
    examples: [
      'report cases',
      'report cases --json',
      'report cases --group-by owner',
      'report cases --overdue --fail-if-any --quiet',
    ],
    load: () => import('./cases.js'),
  },
  {
    name: 'sla',
    summary: 'service levels: deadlines met and breached, how long it took, why it rested',
    description:
      'Of the deadlines that the processes set for first response, next response, resolution and hand-over: how many ' +
      'were met, breached, or still run; median and 90th percentile of those that ended, in open hours where the deadline ' +
      'counts these, without the times in which the case waited for the customer. The period and the month are those in ' +
      'which the clock began.',
    args: [['[query...]', 'only these cases, such as type:complaint']],
    options: [
      since,
      until,
      {
        flags: '--group-by <keys>',
        description: 'a row for each: office, channel, type, month, owner, priority; or several, with commas',
        default: 'office',
      },
      failIfAny('deadline breached'),
    ],
    examples: [
      'report sla',
      'report sla --group-by channel,month --since 2026-01-01',
      'report sla type:complaint --group-by owner --json',
    ],
    load: () => import('./sla.js'),
  },
  {
    name: 'gaps',
    summary: 'what should have happened and did not',
    description:
      'Answers, resolutions and hand-overs that a process sets a deadline for; promises; deliveries; the written ' +
      'confirmation that an agreement has ended; answers that itaca.yaml promises on a channel. Without a period: what is ' +
      'missing now. With one: all that should have happened in it and did not, or too late.',
    options: [
      since,
      until,
      { flags: '--office <office>', description: 'only what this office owes' },
      {
        flags: '--group-by <key>',
        description: 'count them, a row for each',
        choices: ['gap', 'who', 'office', 'month'],
      },
      failIfAny('gap'),
    ],
    examples: [
      'report gaps',
      'report gaps --since mon --json',
      'report gaps --office service --fail-if-any --quiet',
    ],
    load: () => import('./gaps.js'),
  },
  {
    name: 'channels',
    summary: 'how well each channel, address and number answers, and which of them have gone silent',
    description:
      'Of what came in during the period (default: four weeks), for each channel and each address or number of ours that\n' +
      'is on file with it (address): received = answered + waiting + unasked. An answer is what names the message, the\n' +
      'next word of ours in its case or, outside of cases, to the same person; a call that was held is answered. The\n' +
      'median is to the first answer, in the open hours of the channel; late are those answered after its target, or not\n' +
      'yet; oldest waits longest, whenever it came. What machines sent does not count.\n' +
      'Silence: of the last 90 open days up to the last message, d of D brought any; k open days without one have the\n' +
      'chance (1 - d/(D+1))^k where nothing is wrong. Below 1 % the address is called silent: something every day, after\n' +
      'two or three silent days; on every other day, after seven. It is not judged by fewer than ten open days, nor\n' +
      'longer than a year. Days count and not messages, which come in bursts.',
    options: [since, until, failIfAny('late answer or silent address')],
    examples: [
      'report channels',
      'report channels --since 2w --json',
      'report channels --fail-if-any --quiet',
    ],
    load: () => import('./channels.js'),
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
      failIfAny('move that a process does not allow'),
    ],
    examples: [
      'report conformance --type complaint',
      'report conformance --json',
      'report conformance --pair "Take in charge ticket > Resolve ticket" --since 2026-01-01',
    ],
    load: () => import('./conformance.js'),
  },
];
