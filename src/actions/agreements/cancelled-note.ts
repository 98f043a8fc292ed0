import { heldBack } from '../../domain/campaigns/holds.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import type { Workspace } from '../../workspace/workspace.js';
import { currentHolds } from '../campaign/world.js';

/**
 * Tells, of people, what they have asked to end: no offer goes to them for it, and whoever does something for them should
 * know. By id of the person, or of a firm whose people are all concerned.
 */
export function cancellationsOf(
  workspace: Workspace,
  index: Index,
): (id: string, company?: string) => string[] {
  const { agreements, cases, now } = currentHolds(workspace, index);
  const held = heldBack({ agreements, cases, orders: [] }, new Set(['agreement_cancelled']), now);
  return (id, company) =>
    [id, idOfRef(company ?? '')].flatMap((one) =>
      one === undefined ? [] : (held.get(one) ?? []).map(({ detail }) => detail),
    );
}
