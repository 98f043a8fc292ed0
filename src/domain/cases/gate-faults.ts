import type { Fault } from '../check/fault.js';
import type { Process } from './process.js';

/** What is asked before a state may be entered, and nothing can give. */
export function gateFaults({ required = {}, evidence = {}, close_after }: Process): Fault[] {
  const faults: Fault[] = [];
  const keys = Object.values(required).flatMap((list) => list ?? []);
  for (const [state, list] of Object.entries(evidence)) {
    if (state === 'new' && list && list.length > 0)
      faults.push({
        at: ['evidence', state],
        message: 'evidence: a case begins as new, before anything happened',
      });
    const position = list?.indexOf('written_confirmation') ?? -1;
    if (position >= 0 && !keys.includes('agreement'))
      faults.push({
        at: ['evidence', state, position],
        message:
          'evidence: written_confirmation stands in the agreement of the case, which required does not ask for',
        hint: 'add agreement to what required asks for',
      });
  }
  for (const [state, list] of Object.entries(required)) {
    const position = list?.indexOf('merged_into') ?? -1;
    if (position >= 0 && state !== 'merged')
      faults.push({
        at: ['required', state, position],
        message: `required: only a merged case has merged_into; none could become ${state}`,
      });
  }
  if (close_after !== undefined && !Object.values(evidence).some((list) => list?.includes('confirmation')))
    faults.push({
      at: ['close_after'],
      message: 'close_after: stands for a confirmation, which evidence does not ask for',
      hint: 'add evidence: {closed: [confirmation]}, or take close_after out',
    });
  return faults;
}
