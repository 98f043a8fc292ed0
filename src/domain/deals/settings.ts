import * as z from 'zod';
import type { Fault } from '../check/fault.js';
import { duration, listOf, number, text } from '../records/fields.js';
import { ended } from './stages.js';

const stage = z.union(
  [
    text,
    z.looseObject({
      name: text,
      /** How likely a deal that stands there is won, 0 to 1: what `report pipeline` weighs its value by. */
      probability: number
        .refine((value) => value >= 0 && value <= 1, { error: 'expected a number from 0 to 1, such as 0.25' })
        .optional(),
      /** A deal that nobody moved or spoke about for so long is due. */
      idle: duration.optional(),
      /** The stages it may go to; absent means all. */
      to: listOf(text).optional(),
    }),
  ],
  { error: 'expected a stage: its name, or {name, probability, idle, to}' },
);

/** `deals` in `itaca.yaml`: the way of a deal. */
export const dealSettings = z.looseObject({
  stages: z.array(stage).min(1, 'expected at least one stage').optional(),
  /** Of amounts that are typed without one. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 currency such as EUR')
    .optional(),
});

export type DealSettings = z.infer<typeof dealSettings>;

/** Stages that are named twice, and ways that lead to none. */
export function dealSettingFaults({ stages = [] }: DealSettings = {}): Fault[] {
  const nameOf = (one: (typeof stages)[number]) => (typeof one === 'string' ? one : one.name);
  const names = stages.map(nameOf);
  const known = new Set<string>([...names, ...ended]);
  return stages.flatMap((one, position): Fault[] => {
    const at = ['deals', 'stages', position];
    const faults: Fault[] =
      names.indexOf(nameOf(one)) < position
        ? [{ at, message: `deals.stages: the stage "${nameOf(one)}" is named twice` }]
        : [];
    const strangers = (typeof one === 'string' ? [] : (one.to ?? [])).filter((name) => !known.has(name));
    for (const name of strangers)
      faults.push({
        at,
        message: `deals.stages: ${nameOf(one)} leads to "${name}", which is no stage`,
        hint: `there are: ${[...known].join(', ')}`,
      });
    return faults;
  });
}
