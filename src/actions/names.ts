import type { Index } from '../workspace/index/index.js';

/** What a record is called that another one names; the reference itself where it is missing. */
export function nameOf(ref: unknown, index: Index): string | null {
  return typeof ref === 'string' && ref !== '' ? (index.get(ref.slice(-10))?.title ?? ref) : null;
}
