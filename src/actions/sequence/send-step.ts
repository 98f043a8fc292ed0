import { randomBytes } from 'node:crypto';
import { ruleFor } from '../../domain/campaigns/approval-rule.js';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { Objection } from '../../domain/campaigns/left-out.js';
import { planSend, type Recipient, type SendPlan } from '../../domain/campaigns/plan.js';
import type { Config } from '../../domain/config/config.js';
import { ItacaError } from '../../domain/error.js';
import type { Step } from '../../domain/sequences/sequence.js';
import type { StoredRecord } from '../../workspace/records.js';
import { campaignFiles } from '../campaign/campaign-files.js';
import { type Composer, type ComposerPlan, composerOf } from '../campaign/compose.js';
import { campaignProblems, refusalOf } from '../campaign/problems.js';
import { recheckOf } from '../campaign/recheck.js';
import { worldOf } from '../campaign/world.js';
import { deliver } from '../deliver.js';
import { nowIso } from '../new-record.js';
import { whyOf } from '../run/ready-notices.js';
import type { Tools } from '../tools.js';
import { asCampaign, stepBodies } from './as-campaign.js';
import type { Mailer } from './mailer.js';
import type { OpenSequence } from './open-sequence.js';

/** What became of a step's message for one person: a state of a journal, or an objection to it. */
export type StepResult =
  | { contact: string; state: 'sent' | 'unknown' | 'deferred' | 'rejected' | 'waiting'; why?: string }
  | { contact: string; state: 'objection'; objection: Objection };

/** A step's messages, ready to leave. */
export interface ReadyStep {
  step: Step;
  message: ComposerPlan & { plan: SendPlan };
  composer: Composer;
  /** Who gets none now. */
  others: StepResult[];
}

/**
 * Works out who of these people gets a step's message now: by the gate of campaigns, with what all campaigns and sequences
 * sent before. A person whose message cannot be made does not hold up the others.
 * @throws ItacaError `refused` where nobody's can be sent: no sender, no way out, a record that cannot be trusted;
 *   `invalid` for a broken template
 */
export async function readyStep(
  { sequence }: OpenSequence,
  step: Step,
  contacts: readonly StoredRecord[],
  environment: NodeJS.ProcessEnv,
  { workspace }: Tools,
): Promise<ReadyStep> {
  const campaign = asCampaign(sequence, step);
  refuseUnapproved(workspace.config, campaign);
  const bodies = stepBodies(workspace.root, sequence, step);
  const files = await campaignFiles(workspace.root, campaign, bodies);
  const problem = (await campaignProblems({ campaign, bodies, files }, workspace)).find(
    ({ severity }) => severity === 'error',
  );
  if (problem) throw refusalOf(problem);
  const mailing = { campaign, bodies, step: step.id };
  const { recipients, leftOut } = planSend(await worldOf(workspace, mailing, () => contacts));
  const composer = await composerOf(workspace, { ...mailing, files }, environment);
  const others: StepResult[] = leftOut.map(({ contact, ...objection }) => ({
    contact,
    state: 'objection',
    objection,
  }));
  const ready = recipients.filter((recipient) => {
    const why = faultOf(recipient, composer);
    if (why !== undefined) others.push({ contact: recipient.contact, state: 'waiting', why });
    return why === undefined;
  });
  return { step, message: { ...mailing, files, plan: { recipients: ready, leftOut } }, composer, others };
}

/** Nobody can sign a sequence; where messages of its purpose need a second pair of eyes, they do not leave. */
function refuseUnapproved(config: Config, { path, data }: StoredRecord<Campaign>): void {
  // How many a sequence will write to nobody knows.
  if (!ruleFor(config, data.purpose, Number.POSITIVE_INFINITY)) return;
  throw new ItacaError(
    'refused',
    'itaca.yaml asks for an approval of what is sent, and a sequence cannot be approved',
    { path, hint: 'send a campaign, or make the step a call or a letter' },
  );
}

function faultOf(recipient: Recipient, composer: Composer): string | undefined {
  try {
    const fault = composer.faults(recipient).find(({ severity }) => severity === 'error');
    return fault && whyOf(new ItacaError('refused', fault.message, fault));
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    return whyOf(error);
  }
}

/** Sends a step's messages, each at most once, and tells what became of each. */
export async function sendStep(
  { step, message, composer }: ReadyStep,
  { signal, ...mailer }: Mailer & { signal: AbortSignal },
  tools: Tools,
): Promise<{ results: StepResult[]; stopped: string | undefined }> {
  const { recipients } = message.plan;
  const result = await deliver({
    ...mailer,
    recipients,
    step: step.id,
    messageId: composer.messageId,
    signal,
    compose: (recipient, token) => composer.message(recipient, token),
    recheck: recheckOf(tools.workspace, message),
    newToken: () => randomBytes(12).toString('hex'),
    now: () => nowIso(tools),
  });
  const problems = new Map(result.problems.map((one) => [one.recipient.contact, one]));
  const objections = new Map(result.leftOut.map((one) => [one.contact, one]));
  const results = recipients.map(({ contact, canonical }): StepResult => {
    const problem = problems.get(contact);
    if (problem) return { contact, state: problem.state, why: problem.reply };
    const objection = objections.get(contact);
    if (objection) return { contact, state: 'objection', objection };
    if (mailer.journal.ledger.get(canonical, step.id)?.state === 'sent') return { contact, state: 'sent' };
    return {
      contact,
      state: 'waiting',
      why: result.stopped ?? 'the run was stopped before this message left',
    };
  });
  return { results, stopped: result.stopped };
}
