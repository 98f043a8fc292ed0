import * as z from 'zod';
import { duration, listOf, text } from '../records/fields.js';
import { type CaseState, caseStates } from './states.js';

export const clocks = ['first_response', 'next_response', 'resolution', 'hand_over'] as const;

const state = z.enum(caseStates);

const deadline = z.looseObject({
  clock: z.enum(clocks),
  channel: text.optional(),
  priority: text.optional(),
  within: duration,
  calendar: text.optional(),
});

export type Deadline = z.infer<typeof deadline>;

/** `processes/<type>.yaml`: how cases of one type go. */
export const processSchema = z.looseObject({
  type: text,
  title: z.union([text, z.record(z.string(), text)]).optional(),
  office: text.optional(),
  states: z.array(state).optional(),
  moves: z.partialRecord(state, listOf(state)).optional(),
  required: z.partialRecord(state, listOf(text)).optional(),
  deadlines: z.array(deadline).optional(),
  escalation: z.array(z.looseObject({ level: text.optional(), after: duration.optional() })).optional(),
  playbook: z.looseObject({ questions: z.unknown().optional(), steps: z.unknown().optional() }).optional(),
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
