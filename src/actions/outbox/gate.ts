import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { Objection } from '../../domain/campaigns/left-out.js';
import type { Recipient } from '../../domain/campaigns/plan.js';
import { readyFaults } from '../../domain/campaigns/ready.js';
import { ItacaError } from '../../domain/error.js';
import { readSequence } from '../../workspace/config/sequences.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { type Bodies, readBodies } from '../campaign/bodies.js';
import { stateNow } from '../campaign/file-sends.js';
import { recheckOf } from '../campaign/recheck.js';
import { currentHolds } from '../campaign/world.js';
import { objectionTo, whyOf } from '../run/ready-notices.js';
import { stepBodies } from '../sequence/as-campaign.js';
import type { Origin } from './origins.js';
import { leftSequence } from './sequence-gate.js';

/** Asked before each batch leaves: who must not get the message any more, by id of the contact. */
export type Recheck = (batch: readonly Recipient[]) => Promise<ReadonlyMap<string, Objection>>;

/**
 * Why nothing of a campaign, or of a step of a sequence, leaves now: it was paused or cancelled, is not there any more, or
 * is not fit to go out by SMTP. Undefined where it may.
 */
export function mailingObjection(origin: Origin, { config, root }: Workspace): string | undefined {
  const { campaign, sequence } = origin;
  if (!campaign) return undefined;
  const { state } = campaign.data;
  if (sequence && !sequence.step) return 'its step is not in the sequence any more';
  if (state === 'paused' || state === 'cancelled')
    return `the ${sequence ? 'sequence' : 'campaign'} is ${state}`;
  const bySmtp = { ...config, mail: { ...config.mail, transport: 'smtp' as const } };
  try {
    const faults = readyFaults(campaign.data, bySmtp, bodiesOf(root, campaign, sequence).size);
    return faults.find(({ severity }) => severity === 'error')?.message;
  } catch (error) {
    // A body that cannot be read holds back its own mailing alone.
    if (!(error instanceof ItacaError)) throw error;
    return whyOf(error);
  }
}

/** Tells the state of the campaign, or the sequence, that a message is of, as its file says then; undefined for a notice. */
export function stateOf({ campaign, sequence }: Origin, workspace: Workspace) {
  if (sequence)
    return () => (readSequence(workspace.root, sequence.sequence.name).paused ? 'paused' : 'sending');
  return campaign && (() => stateNow(campaign, workspace));
}

/** The bodies of what a message is of: those of a step stand in the sequence, or beside it. */
function bodiesOf(root: string, { path }: StoredRecord<Campaign>, sequence: Origin['sequence']): Bodies {
  return sequence?.step ? stepBodies(root, sequence.sequence, sequence.step) : readBodies(root, path);
}

/** The same gate that the messages passed when they were put into the outbox, as it stands when they leave it. */
export function gateOf(workspace: Workspace, origin: Origin, recipients: readonly Recipient[]): Recheck {
  const { campaign, notice, sequence } = origin;
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
  const bodies = bodiesOf(workspace.root, campaign, sequence);
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
    if (!sequence) return out;
    for (const [contact, objection] of await leftSequence(sequence, batch, workspace))
      if (!out.has(contact)) out.set(contact, objection);
    return out;
  };
}
