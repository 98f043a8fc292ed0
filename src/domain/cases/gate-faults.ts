import type { Fault } from '../check/fault.js';
import { nearest } from '../search/word-forms.js';
import { caseRecord } from './case.js';
import type { Process } from './process.js';

/** The fields that Itaca knows of a case; a process may ask for others too. */
const caseFields: readonly string[] = Object.keys(caseRecord.shape);

/** What is asked before a state may be entered, and nothing can give. */
export function gateFaults({ required = {}, evidence = {}, close_after }: Process): Fault[] {
  const faults: Fault[] = [];
  for (const [state, list] of Object.entries(evidence)) {
    if (state === 'new' && list && list.length > 0)
      faults.push({
        at: ['evidence', state],
        message: 'evidence: a case begins as new, before anything happened',
      });
  }
  for (const [state, list] of Object.entries(required)) {
    for (const [position, field] of (list ?? []).entries()) {
      const meant = caseFields.includes(field) ? undefined : nearest(field, caseFields);
      if (meant !== undefined)
        faults.push({
          at: ['required', state, position],
          message: `required: no case has a field "${field}"`,
          hint: `did you mean ${meant}?`,
        });
    }
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
