import type { Index } from '../workspace/index/index.js';

/** What a record is called that another one names; the reference itself where it is missing. */
export function nameOf(ref: string | undefined, index: Index): string | null {
  return ref ? (index.get(ref.slice(-10))?.title ?? ref) : null;
}
