import type { LeftOut, LeftOutReason } from '../../domain/campaigns/left-out.js';
import type { Candidate } from '../../domain/campaigns/persons.js';
import { type PlanInput, planSend } from '../../domain/campaigns/plan.js';
import type { Sequence, Step, StopCondition } from '../../domain/sequences/sequence.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { mergedForSend } from '../campaign/merged.js';
import { addressRulesOf, currentHolds } from '../campaign/world.js';
import { asCampaign } from './as-campaign.js';

/** The objections that are a person's no. */
const refusals: readonly LeftOutReason[] = ['suppressed', 'consent_refused', 'consent_withdrawn'];

/** What somebody has already, so that the step has nothing to add. */
const needless: readonly LeftOutReason[] = ['already_sent', 'same_content', 'same_person'];

const unreachable: readonly LeftOutReason[] = ['no_address', 'invalid_address'];

/** What an objection means for a sequence: it stops, the step is passed over, or the step waits. */
export function meaningOf({ reason }: { reason: LeftOutReason }): StopCondition | 'skip' | 'wait' {
  if (refusals.includes(reason)) return 'unsubscribe';
  if (reason === 'agreement_cancelled') return 'cancellation';
  return needless.includes(reason) ? 'skip' : 'wait';
}

/**
 * What stands against a step as things are now, whatever was sent: a no, a hold, a consent that is missing. It is the gate
 * of campaigns. Who has no e-mail address can still be called or written a letter, and is judged without one.
 */
export async function objectionsTo(
  sequence: Sequence,
  step: Step,
  contacts: readonly StoredRecord[],
  workspace: Workspace,
): Promise<LeftOut[]> {
  const input = await presentOf(sequence, step, contacts, ['*'], workspace);
  const candidates = [...input.candidates];
  const { leftOut } = planSend(input);
  const found = leftOut.filter(({ reason }) => reason !== 'same_person');
  if (step.channel === 'email') return found;
  const without = new Set(
    found.filter(({ reason }) => unreachable.includes(reason)).map(({ contact }) => contact),
  );
  const { leftOut: others } = planSend({
    ...input,
    candidates: candidates
      .filter(({ id }) => without.has(id))
      .map((candidate) => ({ ...candidate, data: { ...candidate.data, emails: [candidate.id] } })),
    addressRules: { canonicalEmail: (id) => id, isValid: () => true },
  });
  return [...found.filter(({ contact }) => !without.has(contact)), ...others];
}

/** What decides about a step now, whatever was sent. */
export async function presentOf(
  sequence: Sequence,
  step: Step,
  contacts: readonly StoredRecord[],
  bodies: readonly string[],
  workspace: Workspace,
): Promise<PlanInput> {
  const index = await workspace.index();
  const campaign = asCampaign(sequence, step).data;
  return {
    ...currentHolds(workspace, index),
    addressRules: addressRulesOf(campaign, workspace),
    campaign,
    candidates: (contacts as unknown as Candidate[]).map(mergedForSend(index).candidate),
    bodies,
    workspaceLanguages: workspace.config.languages ?? [],
    sent: [],
    sameContent: [],
    history: [],
    limits: [],
  };
}
