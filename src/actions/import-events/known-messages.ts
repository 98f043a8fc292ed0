import type { Campaign } from '../../domain/campaigns/campaign.js';
import { Attribution } from '../../domain/events/attribute.js';
import type { Index } from '../../workspace/index/index.js';
import { readJournals } from '../../workspace/journal.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { sendsFolder } from '../campaign/world.js';

/**
 * Every message of every campaign that left, or may have left, ready to be found by what an event says of it.
 * @throws ItacaError `invalid` with path and line, where a journal cannot be read: its events would have no owner
 */
export async function knownMessages(
  workspace: Workspace,
  index: Index,
): Promise<Attribution<StoredRecord<Campaign>>> {
  const attribution = new Attribution<StoredRecord<Campaign>>();
  for (const campaign of index.list({ kinds: ['campaign'] }) as unknown as StoredRecord<Campaign>[]) {
    const { ledger } = await readJournals(sendsFolder(workspace, campaign));
    for (const { intent } of ledger.records())
      for (const begun of ledger.intentsTo(intent.address, intent.step))
        attribution.add(campaign, begun.intent);
  }
  return attribution;
}
