import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { Objection } from '../../domain/campaigns/left-out.js';
import type { Recipient } from '../../domain/campaigns/plan.js';
import { readyFaults } from '../../domain/campaigns/ready.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { readBodies } from '../campaign/bodies.js';
import { recheckOf } from '../campaign/recheck.js';
import { currentHolds } from '../campaign/world.js';
import { objectionTo } from '../run/ready-notices.js';
import type { Origin } from './origins.js';

/** Asked before each batch leaves: who must not get the message any more, by id of the contact. */
export type Recheck = (batch: readonly Recipient[]) => Promise<ReadonlyMap<string, Objection>>;

/**
 * Why nothing of a campaign leaves now: it was paused or cancelled, or is not fit to go out by SMTP. Undefined where it
 * may.
 */
export function campaignObjection(
  { data, path }: StoredRecord<Campaign>,
  { config, root }: Workspace,
): string | undefined {
  if (data.state === 'paused' || data.state === 'cancelled') return `the campaign is ${data.state}`;
  const bySmtp = { ...config, mail: { ...config.mail, transport: 'smtp' as const } };
  const faults = readyFaults(data, bySmtp, readBodies(root, path).size);
  return faults.find(({ severity }) => severity === 'error')?.message;
}

/** The same gate that the messages passed when they were put into the outbox, as it stands when they leave it. */
export function gateOf(workspace: Workspace, origin: Origin, recipients: readonly Recipient[]): Recheck {
  const { campaign, notice } = origin;
  if (!campaign) {
    return async (batch) => {
      const out = new Map<string, Objection>();
      for (const { contact, canonical } of batch) {
        const detail = notice && (await objectionTo({ kind: notice, canonical }, { workspace }));
        if (detail !== undefined) out.set(contact, { reason: 'suppressed', detail });
      }
      return out;
    };
  }
  const bodies = readBodies(workspace.root, campaign.path);
  const recheck = recheckOf(workspace, {
    campaign,
    bodies,
    plan: { recipients: [...recipients], leftOut: [] },
  });
  return async (batch) => {
    const out = new Map(await recheck(batch));
    // The message goes to the address it was written for, which its contact need not have any more.
    const { suppressions } = currentHolds(workspace, await workspace.index());
    for (const { contact, canonical } of batch) {
      const [found] = suppressions.find(canonical, campaign.data.purpose);
      if (found && !out.has(contact)) out.set(contact, { reason: 'suppressed', detail: found.reason });
    }
    return out;
  };
}
