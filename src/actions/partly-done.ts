import { ItacaError } from '../domain/error.js';
import type { DeliverResult } from './deliver.js';

/** The error that ends a send with something left to do; undefined where all is well. */
export function partlyDone(result: DeliverResult): ItacaError | undefined {
  const { unknown, deferred, rejected, remaining } = result;
  if (unknown + deferred + rejected + remaining === 0) return undefined;
  const parts = Object.entries({ unknown, deferred, rejected, 'not tried': remaining })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`);
  const replies = [...new Set(result.problems.map(({ reply }) => reply))];
  // One cause for all is told once; else each is told with its person.
  const cause = result.stopped ?? (replies.length === 1 ? replies[0] : undefined);
  const why = cause === undefined ? '' : `: ${cause}`;
  return new ItacaError('partial', `not everybody got the message: ${parts.join(', ')}${why}`, {
    hint: hintFor(result),
  });
}

function hintFor({ unknown, deferred, remaining }: DeliverResult): string {
  if (unknown > 0) return 'those in doubt are never sent again by themselves: itaca campaign resolve';
  if (deferred + remaining > 0) return 'send again to try those that did not leave';
  return 'they were refused for good and are not tried again; itaca campaign results names them: mend their addresses, and write to them in a new campaign';
}
