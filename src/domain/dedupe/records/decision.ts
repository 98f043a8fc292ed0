import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Fault } from '../../check/fault.js';
import { flag, instant, ref, text } from '../../records/fields.js';
import { idFromBytes, idOfRef } from '../../records/ids.js';

const verdict = z.looseObject({
  /** Whether the two are one person, or one firm. */
  same: flag,
  at: instant,
  by: text.optional(),
  why: text.optional(),
});

/**
 * What people hold of two records that look alike. Deciding anew replaces the verdicts; what two clones decide at once
 * is a union on merge, so that a contradiction stays to be seen and nothing of it is lost.
 */
export const decision = z.looseObject({
  pair: z.array(ref).length(2, 'expected two records'),
  verdicts: z.array(verdict).min(1, 'expected at least one verdict'),
});

export type Decision = z.infer<typeof decision>;
export type Verdict = Decision['verdicts'][number];

/** A decision as its record says it; undefined where that breaks the schema, which the check tells. */
export function asDecision(data: Record<string, unknown>): Decision | undefined {
  return decision.safeParse(data).data;
}

/** Two ids in the order in which a decision names them, so that it does not matter who is named first. */
export function inOrder(a: string, b: string): [string, string] {
  return a < b ? [a, b] : [b, a];
}

/** The id of the decision about two records: the same in every clone. */
export function decisionId(a: string, b: string): string {
  return idFromBytes(
    createHash('sha256')
      .update(`decision\0${inOrder(a, b).join('\0')}`)
      .digest(),
  );
}

/** What the verdicts come to; undefined where they contradict each other, and somebody has to look again. */
export function settled(verdicts: readonly Verdict[]): boolean | undefined {
  const [first, ...others] = verdicts;
  return others.every(({ same }) => same === first?.same) ? first?.same : undefined;
}

/** Where a decision contradicts itself. */
export function decisionFaults(data: Record<string, unknown>): Fault[] {
  const { pair, verdicts } = asDecision(data) ?? { pair: [], verdicts: [] };
  if (verdicts.length === 0) return [];
  const [a = '', b = ''] = pair.map((one) => idOfRef(one) ?? '');
  if (a === b) return [{ at: ['pair', 1], message: 'pair: names one record twice' }];
  if (settled(verdicts) !== undefined) return [];
  const words = verdicts.map(({ by = 'somebody', same }) => `${by} holds them to be ${same ? 'one' : 'two'}`);
  return [{ at: ['verdicts'], message: `verdicts: ${words.join(', ')}`, hint: decideAgain(a, b) }];
}

/** A pair that is held to be two, and was merged all the same. */
export function mergedApart(data: Record<string, unknown>): Fault[] {
  const { pair, verdicts } = asDecision(data) ?? { pair: [], verdicts: [] };
  if (settled(verdicts) !== false) return [];
  const [a = '', b = ''] = pair.map((one) => idOfRef(one) ?? '');
  const { by = 'somebody' } = verdicts[0] ?? {};
  return [
    {
      at: ['verdicts'],
      message: `verdicts: ${by} holds them to be two, but they were merged`,
      hint: `take the merge back with unmerge, or: itaca dedupe decide ${a} ${b} --same`,
    },
  ];
}

function decideAgain(a: string, b: string): string {
  return `decide again: itaca dedupe decide ${a} ${b} --same, or --different`;
}
