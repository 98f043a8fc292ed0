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
    hint:
      unknown > 0
        ? 'those in doubt are never sent again by themselves: itaca campaign resolve'
        : 'send again to try those that did not leave',
  });
}
