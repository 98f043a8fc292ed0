import * as z from 'zod';
import { holds } from '../campaigns/holds.js';
import { duration, flag, namesOf, text, unknownNames } from '../records/fields.js';

/** What ends a sequence for a person, of itself. All of them do where a sequence does not choose. */
export const stopConditions = ['reply', 'case', 'deal', 'unsubscribe', 'cancellation'] as const;

export type StopCondition = (typeof stopConditions)[number];

export const stepChannels = ['email', 'phone', 'letter'] as const;

/** One text, or one for each language (BCP 47; `*` for every other one). */
const wording = z.union([text, z.record(z.string(), text)], {
  error: 'expected a text, or one for each language',
});

export type StepWording = z.infer<typeof wording>;

const step = z.looseObject({
  /** By which the journals know it: it stays as it is when the step is edited or moved. */
  id: z
    .string({ error: 'a step needs an id, such as thanks' })
    .regex(/^[\p{L}\p{N}_-]+$/u, 'expected letters, digits, _ and -'),
  /** How long after the step before was done, or after the enrolment. */
  after: duration,
  /** In whose open hours `after` and `within` count; the sequence's where absent. */
  calendar: text.optional(),
  channel: z.enum(stepChannels),
  /** What it is for, where that is not what the sequence is for: a yes to mails is none to calls. */
  purpose: text.optional(),
  subject: wording,
  /** Markdown with Liquid tags. */
  body: wording.optional(),
  /** The name of a file in `sequences/<name>/` that holds the body. */
  file: wording.optional(),
  /** Of a call or a letter: how long its task may take; a day where absent. */
  within: duration.optional(),
  /** Of a call or a letter: the member who does it; the contact's owner where absent. */
  by: text.optional(),
});

export type Step = z.infer<typeof step>;

const notAHold = { error: ({ input }: { input: unknown }) => unknownNames(input, holds) };

/** `sequences/<name>.yaml`: timed follow-up. */
export const sequenceSchema = z.looseObject({
  title: text,
  purpose: text,
  office: text.optional(),
  /** A query; who meets it is enrolled by `run`. */
  enroll: text.optional(),
  /** Nothing leaves and nobody is enrolled by itself while it is. */
  paused: flag.optional(),
  calendar: text.optional(),
  from: text.optional(),
  reply_to: text.optional(),
  stop_on: namesOf(stopConditions).optional(),
  /** As those of a campaign; a slip of the pen must not switch one off. */
  holds: z
    .union([namesOf(holds), z.partialRecord(z.enum(holds), z.union([z.boolean(), text]), notAHold)], notAHold)
    .optional(),
  steps: z
    .array(step, { error: 'expected a list of steps' })
    .min(1, 'a sequence has a step')
    .superRefine((steps, context) => {
      for (const [position, { id }] of steps.entries()) {
        if (steps.findIndex((other) => other.id === id) === position) continue;
        const message = `another step has the id "${id}"`;
        context.addIssue({ code: 'custom', path: [position, 'id'], message });
      }
    }),
});

export type SequenceFile = z.infer<typeof sequenceSchema>;

/** A sequence by its name, which is that of its file. */
export interface Sequence extends SequenceFile {
  name: string;
}

/** Whether something ends a sequence for a person. */
export function stopsOn({ stop_on }: SequenceFile, condition: StopCondition): boolean {
  return stop_on === undefined || stop_on.includes(condition);
}
