import type { LeftOut, LeftOutReason } from '../../domain/campaigns/left-out.js';
import type { Candidate } from '../../domain/campaigns/persons.js';
import { type PlanInput, planSend } from '../../domain/campaigns/plan.js';
import { type Sequence, type Step, type StopCondition, stopsOn } from '../../domain/sequences/sequence.js';
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
 * of campaigns. Who has no e-mail address can still be called or written a letter, and is judged without one. A no to what
 * the sequence is for stands against its steps for anything else, too, where the sequence stops on it.
 */
export async function objectionsTo(
  sequence: Sequence,
  step: Step,
  contacts: readonly StoredRecord[],
  workspace: Workspace,
): Promise<LeftOut[]> {
  const found = await objectionsToStep(sequence, step, contacts, workspace);
  const own = ownStep(sequence);
  const alike = (step.purpose ?? sequence.purpose) === sequence.purpose && step.channel === own.channel;
  if (alike || !stopsOn(sequence, 'unsubscribe')) return found;
  const against = await objectionsToStep(sequence, own, contacts, workspace);
  const refused = against.filter((one) => meaningOf(one) === 'unsubscribe');
  const who = new Set(refused.map(({ contact }) => contact));
  return [...refused, ...found.filter(({ contact }) => !who.has(contact))];
}

/** The step by which a no to the whole sequence is known: a mail of its own purpose, as far as it has any. */
function ownStep({ purpose, steps }: Sequence): Step {
  const own = steps.filter((step) => (step.purpose ?? purpose) === purpose);
  const first = steps[0] as Step;
  return own.find(({ channel }) => channel === 'email') ?? own[0] ?? { ...first, channel: 'email', purpose };
}

async function objectionsToStep(
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
