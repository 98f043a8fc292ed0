import type { Enrolled } from '../../actions/sequence/enroll.js';

const words: Record<Enrolled['state'], string> = {
  enrolled: 'enrolled',
  again: 'taken up again',
  already: 'in it already',
  stopped: 'stopped',
  finished: 'through with it',
};

/** What became of each person, a line for each. */
export function enrolledLines(people: readonly Enrolled[], dryRun: boolean): string {
  if (people.length === 0) return 'nobody';
  return people
    .map(
      ({ name, ref, state }) =>
        `${dryRun && state !== 'already' ? 'would be ' : ''}${words[state]}: ${name} (${ref})`,
    )
    .join('\n');
}
