import { ItacaError } from '../domain/error.js';
import type { DeliverResult } from './deliver.js';

/** The error that ends a send with something left to do; undefined where all is well. */
export function partlyDone(result: DeliverResult): ItacaError | undefined {
  const { unknown, deferred, rejected, remaining } = result;
  if (unknown + deferred + rejected + remaining === 0) return undefined;
  const parts = Object.entries({ unknown, deferred, rejected, 'not tried': remaining })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`);
  return new ItacaError('partial', `not everybody got the message: ${parts.join(', ')}`, {
    hint:
      unknown > 0
        ? 'those in doubt are never sent again by themselves: itaca campaign resolve'
        : 'send again to try those that did not leave',
  });
}
