import * as z from 'zod';
import { duration, language, listOf, text } from '../records/fields.js';
import { type CaseState, caseStates, categories, priorities } from './states.js';

/** The deadlines that a process may set; what each of them measures stands at `caseClocks`. */
export const clocks = ['first_response', 'next_response', 'resolution', 'hand_over'] as const;

export type ClockName = (typeof clocks)[number];

/**
 * What must have happened before a case may enter a state.
 * - `answer`: an answer that left after the case was opened, or opened again.
 * - `written_answer`: one that left by e-mail, letter, fax, chat, web or social.
 * - `confirmation`: the customer's word that it is solved, or the time named in `close_after` without a word against it.
 * - `written_confirmation`: the agreement of the case names what told the customer, in writing, that it has ended;
 *   where the case names no agreement, an answer in writing is all there can be.
 */
export const evidences = ['answer', 'written_answer', 'confirmation', 'written_confirmation'] as const;

export type Evidence = (typeof evidences)[number];

/**
 * What the words and the receivers of a message that came in say by themselves.
 * - `third_party`: somebody is in copy who is neither of us nor of the customer's own people, or is brought in.
 * - `capitals`: it is written in capitals.
 * - `press`, `lawyer`: it speaks of them, or they are in copy.
 */
export const messageSignals = ['third_party', 'capitals', 'press', 'lawyer'] as const;

export type MessageSignal = (typeof messageSignals)[number];

/**
 * What raises a case to a level whatever the time: the signals of a message, and
 * - `repeated_contact`: the customer comes a third time without an answer in between.
 * - `reopened`: what was held for solved was not.
 * - `broken_promise`: a promise made in the case was not kept.
 */
export const signals = ['repeated_contact', 'reopened', 'broken_promise', ...messageSignals] as const;

export type Signal = (typeof signals)[number];

const state = z.enum(caseStates);

const wording = z.union([text, z.record(z.string(), text)]);

const deadline = z.looseObject({
  clock: z.enum(clocks),
  channel: text.optional(),
  priority: text.optional(),
  within: duration,
  calendar: text.optional(),
});

export type Deadline = z.infer<typeof deadline>;

const step = z
  .looseObject({
    level: z.string().regex(/^[1-9]\d?$/, 'expected a level from 1 to 99'),
    /** How long after a missed deadline, in the calendar of that deadline. */
    after: duration.optional(),
    /** Which deadline; any where absent. */
    clock: z.enum(clocks).optional(),
    signal: z.enum(signals).optional(),
    /** A member, an office, `owner`, or `reports_to` (whom the owner reports to). */
    notify: text.optional(),
    /** The case gets it, where its own is lower. */
    priority: z.enum(priorities).optional(),
  })
  .refine((one) => one.after !== undefined || one.signal !== undefined, {
    error: 'expected after (a duration) or a signal',
    path: ['after'],
  });

export type EscalationStep = z.infer<typeof step>;

/** `processes/<type>.yaml`: how cases of one type go. */
export const processSchema = z.looseObject({
  type: text,
  title: wording.optional(),
  office: text.optional(),
  states: z.array(state).optional(),
  categories: z.partialRecord(state, z.enum(categories)).optional(),
  moves: z.partialRecord(state, listOf(state)).optional(),
  required: z.partialRecord(state, listOf(text)).optional(),
  evidence: z.partialRecord(state, listOf(z.enum(evidences))).optional(),
  close_after: duration.optional(),
  deadlines: z.array(deadline).optional(),
  escalation: z.array(step).optional(),
  /** What tells a customer at once that his case is on file, with Liquid tags; none is sent where this is absent. */
  receipt: z.looseObject({ subject: wording, text: wording }).optional(),
  playbook: z
    .looseObject({
      /** Those that questions and steps are worded in, where they are not all those of the workspace. */
      languages: listOf(language).optional(),
      questions: z.array(wording).optional(),
      steps: z.array(wording).optional(),
    })
    .optional(),
});

export type Process = z.infer<typeof processSchema>;

/** The moves of a case whose process names none. */
export const defaultMoves: Record<CaseState, CaseState[]> = {
  new: ['open', 'waiting_customer', 'waiting_internal', 'resolved', 'rejected'],
  open: ['waiting_customer', 'waiting_internal', 'resolved', 'rejected'],
  waiting_customer: ['open', 'waiting_internal', 'resolved', 'rejected'],
  waiting_internal: ['open', 'waiting_customer', 'resolved', 'rejected'],
  resolved: ['closed', 'open'],
  closed: ['open'],
  merged: [],
  rejected: ['open'],
};
