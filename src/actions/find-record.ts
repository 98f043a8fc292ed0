import { ItacaError } from '../domain/error.js';
import { idOfRef } from '../domain/records/ids.js';
import { kinds as allKinds, type Kind } from '../domain/records/kind-names.js';
import type { StoredRecord } from '../workspace/records.js';
import { resolveRecord } from '../workspace/resolve.js';
import type { Workspace } from '../workspace/workspace.js';

/**
 * The record a person means.
 * @throws ItacaError `not_found`, `ambiguous`; `invalid` with the place where it is on file but cannot be read
 */
export async function findRecord<T = Record<string, unknown>>(
  workspace: Workspace,
  who: string,
  kinds: readonly Kind[] = allKinds,
): Promise<StoredRecord<T>> {
  const index = await workspace.index();
  try {
    return resolveRecord(index, who, kinds, workspace.country) as StoredRecord<T>;
  } catch (error) {
    if (!(error instanceof ItacaError) || error.code !== 'not_found') throw error;
    const id = idOfRef(who.replace(/\.md$/, ''));
    const broken = index
      .unreadable(kinds)
      .find(({ path }) => path === who || (id !== undefined && path.includes(id)));
    if (!broken) {
      const [hidden, ...more] = index.unreadable(kinds);
      if (!hidden) throw error;
      throw new ItacaError('not_found', error.message, {
        hint: `${hidden.path}${more.length > 0 ? ` and ${more.length} more` : ''} cannot be read and may be it: itaca check`,
      });
    }
    throw new ItacaError('invalid', broken.message, {
      path: broken.path,
      ...(broken.line === null ? {} : { line: broken.line }),
      ...(broken.column === null ? {} : { column: broken.column }),
      hint: broken.hint ?? `mend it, then: itaca check ${broken.path}`,
    });
  }
}
