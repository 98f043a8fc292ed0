import type { CommandSpec } from '../../cli/spec.js';
import { failIfAny } from '../shared/report-options.js';

export const which: [string, string] = ['<campaign>', 'id, reference or title'];

/** What may be done once messages have left. */
export const afterwards: CommandSpec[] = [
  {
    name: 'results',
    summary: 'what became of it: what left, and what came back',
    description:
      'People, each counted once for each result. sent: handed to the mail server or the outbox; rejected: refused by ' +
      'the server before it took the message; deferred: refused for now; unknown: may or may not have left; ' +
      'bounced: came back later, the address is suppressed as a hard bounce; replied: an inbound interaction that ' +
      'answers a message or names the campaign, automatic answers apart; unsubscribed: suppressed as such, or took a ' +
      'consent to its purpose back; complained: a spam complaint, or a complaint case that names the campaign. ' +
      'A bounce, unsubscribe or spam complaint that names no campaign belongs to the last message the person got ' +
      'before it. Imported events (itaca import events) count as well: delivered, dropped, and of the bounced those that ' +
      'may pass as soft_bounced. clicked is by persons; scanners and robots are apart, and so are clicks of which ' +
      'nobody knows whose they are. opened is no proof that anybody read it. All of these are null where no events ' +
      'were imported.',
    args: [which],
    options: [{ flags: '--people', description: 'list who did not simply get it, with the proof' }],
    examples: [
      'campaign results "Spring news"',
      'campaign results "Spring news" --json',
      'campaign results "Spring news" --people --csv',
    ],
    load: () => import('./results.js'),
  },
  {
    name: 'correct',
    summary: 'draft a correction to exactly those who got the wrong one',
    description:
      'A new campaign to those who got the wrong one or may have got it (got:<campaign>), linked to it by `corrects`. ' +
      'It is sent as every campaign is, by `campaign send` and through the same gate; of the limits of frequency alone ' +
      'the wrong message does not count against it. Without --body the bodies are copied, to be edited.',
    args: [which],
    options: [
      { flags: '--subject <text>', description: 'subject, with merge tags (default: as before)' },
      { flags: '--body <markdown>', description: 'text, with merge tags; becomes body.md' },
      { flags: '--title <title>', description: 'how it is called in the house' },
    ],
    examples: [
      'campaign correct "Spring news" --subject "Correction: the fair is on 14 May" --body "We gave you a wrong date. …"',
    ],
    load: () => import('./correct.js'),
  },
  {
    name: 'resolve',
    summary: 'list the messages in doubt with the evidence, and say what became of them',
    description:
      'A message is in doubt where the send was cut off, or the server fell silent, after it was handed over. It is ' +
      'never sent again by itself. Listed is what the journal says, whether the outbox holds it, and the records and ' +
      'imported events that speak of it. What is decided is written to the journal with who decided, when and why, and stays; nothing is ' +
      'sent. The next `campaign send` tries what was not sent.',
    args: [which],
    options: [
      { flags: '--sent [address...]', description: 'these left (or the contact’s reference)' },
      { flags: '--not-sent [address...]', description: 'these did not leave' },
      { flags: '--all', description: 'all that are in doubt' },
      { flags: '--why <reason>', description: 'what it was decided by' },
    ],
    examples: [
      'campaign resolve "Spring news"',
      'campaign resolve "Spring news" --sent mario@example.it --why "he answered it"',
      'campaign resolve "Spring news" --not-sent --all --why "the provider has no log of them" --yes',
    ],
    load: () => import('./resolve.js'),
  },
  {
    name: 'pause',
    summary: 'stop a send at its next batch, and let none begin',
    description:
      'A send that runs notices it before its next batch, or within a second where mail.throttle slows it down, ' +
      'finishes the messages in flight, counts the others as remaining and exits 7.',
    args: [which],
    examples: ['campaign pause "Spring news"'],
    load: () => import('./pause.js'),
  },
  {
    name: 'resume',
    summary: 'let a paused campaign be sent again; sends nothing itself',
    args: [which],
    examples: ['campaign resume "Spring news"'],
    load: () => import('./resume.js'),
  },
  {
    name: 'calendar',
    summary: 'what was sent and what is planned, and where two offices write to the same people',
    description:
      'Campaigns that have sent, by their first message, and those with a send_at to come. A warning tells how many ' +
      'people another office writes to as well within limits.frequency.within (without it: seven days), while one of ' +
      'the two is still planned. The people of a planned one are its audience; the send itself may leave some out.',
    options: [
      { flags: '--since <when>', description: 'from then on (default: the last four weeks)' },
      { flags: '--until <when>', description: 'up to then: 2w is in two weeks' },
      failIfAny('overlap'),
    ],
    examples: ['campaign calendar', 'campaign calendar --until 4w --json', 'campaign calendar --fail-if-any'],
    load: () => import('./calendar.js'),
  },
];
