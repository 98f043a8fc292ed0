import { ItacaError } from '../../domain/error.js';
import { readInbox } from '../../workspace/inbox-ledger.js';
import type { Workspace } from '../../workspace/workspace.js';

/**
 * Holds a name against the sources that there are: those of `itaca.yaml`, and those from which anything came.
 * @throws ItacaError `not_found`, which names them
 */
export async function refuseUnknownSource(name: string, { config, root }: Workspace): Promise<void> {
  const names = new Set(Object.keys(config.inbox?.sources ?? {}));
  await readInbox(root, (line) => {
    if ('source' in line) names.add(line.source);
  });
  if (names.has(name)) return;
  throw new ItacaError('not_found', `there is no source "${name}"`, {
    hint: names.size === 0 ? 'nothing came in yet: itaca inbox pull' : [...names].sort().join(', '),
  });
}
