import { ItacaError } from '../../domain/error.js';
import type { StepClock } from '../../domain/sequences/next-step.js';
import type { Sequence } from '../../domain/sequences/sequence.js';
import { readCalendars } from '../../workspace/config/calendars.js';
import { readSequence, sequencePath } from '../../workspace/config/sequences.js';
import type { Workspace } from '../../workspace/workspace.js';

/** A sequence with the open hours that it counts in. */
export interface OpenSequence {
  sequence: Sequence;
  clock: StepClock;
}

/**
 * Reads a sequence and the calendars that it names.
 * @throws ItacaError `not_found`; `invalid` with the line where it or a calendar is broken or missing
 */
export async function openSequence({ root, clock }: Workspace, name: string): Promise<OpenSequence> {
  const sequence = readSequence(root, name);
  const wanted = [sequence.calendar, ...sequence.steps.map(({ calendar }) => calendar)].filter(
    (calendar) => calendar !== undefined,
  );
  const calendars = await readCalendars(root, wanted);
  const missing = wanted.find((calendar) => !calendars.has(calendar));
  if (missing !== undefined)
    throw new ItacaError('invalid', `there is no calendar "${missing}"`, { path: sequencePath(name) });
  return { sequence, clock: { timeZone: clock.timeZone, calendars } };
}
