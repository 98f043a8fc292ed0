import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { SendLedger } from '../../domain/sending/ledger.js';
import { readPlan } from '../../workspace/plan-file.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';

/**
 * Puts what a send wrote on record: the plan and the journals, and the campaign's state, in one commit.
 * @param settled whether nothing is left to do for anybody
 * @param folder the campaign's `sends/`
 * @param subject first line of the commit
 */
export async function fileSends(
  campaign: StoredRecord<Campaign>,
  { settled, folder, subject }: { settled: boolean; folder: string; subject: string },
  tools: Tools,
): Promise<void> {
  const { id, path } = campaign;
  const { root } = tools.workspace;
  const also = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .map((name) => relative(root, join(folder, name)).split('\\').join('/'));
  const was = await stateNow(campaign, tools.workspace);
  // Whoever paused or cancelled it while it ran meant it.
  const kept = was === 'cancelled' || (was === 'paused' && !settled);
  const state = kept ? was : settled ? 'finished' : 'sending';
  await write(
    was === state ? [] : [{ op: 'update', kind: 'campaign', id, path, set: { state } }],
    { subject, records: [id], also, kept: true },
    tools,
  );
}

/** A campaign's state as its file says now; what was known before where the file cannot be read. */
export async function stateNow(
  campaign: StoredRecord<Campaign>,
  workspace: Tools['workspace'],
): Promise<Campaign['state']> {
  const row = await workspace.reread(campaign as unknown as StoredRecord);
  const data = row?.data ? (JSON.parse(row.data) as Partial<Campaign>) : {};
  return data.state ?? campaign.data.state;
}

/** Whether everybody of the plan got the message or was refused for good. */
export async function isSettled(folder: string, ledger: SendLedger): Promise<boolean> {
  const plan = await readPlan(folder);
  return (plan?.recipients ?? []).every(({ canonical }) => {
    const state = ledger.get(canonical)?.state;
    return state === 'sent' || state === 'rejected';
  });
}
