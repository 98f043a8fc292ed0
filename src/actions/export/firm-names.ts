import { idOfRef } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';

/** Tells the name of the firm that a reference names, or of the one it was merged into; undefined where it is missing. */
export function firmNames(index: Index): (ref: unknown) => string | undefined {
  const firms = index.names('company');
  return (ref) => {
    if (typeof ref !== 'string') return undefined;
    const id = idOfRef(ref);
    return id === undefined ? undefined : (firms.get(id)?.name ?? index.get(id)?.title);
  };
}
