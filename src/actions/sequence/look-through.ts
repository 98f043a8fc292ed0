import { planSend } from '../../domain/campaigns/plan.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { ItacaError } from '../../domain/error.js';
import type { Sequence, Step } from '../../domain/sequences/sequence.js';
import type { RenderedMessage } from '../../mail/render.js';
import { inOrder } from '../../workspace/check/sort.js';
import { sequenceFolder, sequencePath } from '../../workspace/config/sequences.js';
import { readEnrolments } from '../../workspace/enrolments.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { campaignFiles } from '../campaign/campaign-files.js';
import { composerOf } from '../campaign/compose.js';
import { languageProblems } from '../campaign/languages.js';
import { aboutAll, type Finding, messageFindings } from '../campaign/message-findings.js';
import { campaignProblems, problemFrom } from '../campaign/problems.js';
import { checkedSettings } from '../check-workspace.js';
import { findRecord } from '../find-record.js';
import { asCampaign, stepBodies } from './as-campaign.js';
import { followersOf } from './followers.js';
import { presentOf } from './gate.js';
import { openSequence } from './open-sequence.js';
import { wordsFor } from './tasks.js';

/**
 * Looks a sequence through before its steps are taken: its file, who writes, how one gets out, and the words of each step
 * to each person who is in it or, where nobody is, whom its query finds. Writes nothing.
 * @throws ItacaError `not_found`; `invalid` where something that it needs cannot be read
 */
export async function checkSequence(workspace: Workspace, name: string): Promise<Finding[]> {
  const findings = await fileFindings(workspace, name);
  try {
    findings.push(...(await wordFindings(workspace, name)));
  } catch (error) {
    // Where the file is broken, all that is wrong with it is told, and not what stopped at it first.
    if (!(error instanceof ItacaError) || findings.length === 0) throw error;
  }
  return inOrder(findings);
}

async function wordFindings(workspace: Workspace, name: string): Promise<Finding[]> {
  const open = await openSequence(workspace, name);
  const { sequence } = open;
  const index = await workspace.index();
  const followers = await followersOf(open, await readEnrolments(workspace.root, name), workspace);
  const inIt = followers.flatMap(({ next, contact }) => (next && contact ? [contact] : []));
  const people =
    inIt.length > 0 || sequence.enroll === undefined
      ? inIt
      : index.list({ kinds: ['contact'], query: sequence.enroll });
  const findings: Finding[] = [];
  for (const step of sequence.steps) {
    try {
      findings.push(...(await stepFindings(sequence, step, people, workspace)));
    } catch (error) {
      if (!(error instanceof ItacaError)) throw error;
      findings.push(aboutAll(problemFrom(error, 'error')));
    }
  }
  return findings;
}

/** What `itaca check` says of the file of a sequence and of those below it. */
async function fileFindings(workspace: Workspace, name: string): Promise<Finding[]> {
  const { problems } = await checkedSettings(workspace);
  return problems
    .filter(({ path }) => path === sequencePath(name) || path.startsWith(`${sequenceFolder}/${name}/`))
    .map((problem) => aboutAll({ ...problem, severity: 'error' }));
}

async function stepFindings(
  sequence: Sequence,
  step: Step,
  people: readonly StoredRecord[],
  workspace: Workspace,
): Promise<Finding[]> {
  if (step.channel !== 'email') {
    const findings: Finding[] = [];
    for (const person of people) {
      try {
        await wordsFor(sequence, step, person as unknown as StoredRecord<Contact>, workspace);
      } catch (error) {
        if (!(error instanceof ItacaError)) throw error;
        findings.push({ ...aboutAll(problemFrom(error, 'error')), contact: person.ref });
      }
    }
    return findings;
  }
  const message = await messageOf(sequence, step, workspace);
  const bodies = [...message.bodies.keys()];
  const plan = planSend(await presentOf(sequence, step, people, bodies, workspace));
  return [
    ...(await campaignProblems(message, workspace)).map(aboutAll),
    ...languageProblems({ ...message, plan, frozen: undefined }).map((problem) =>
      aboutAll({
        ...problem,
        message: `step ${step.id}: ${problem.message}`,
        hint: 'give the step a text in it, or one under "*" for every other language',
      }),
    ),
    ...messageFindings({ ...message, plan }, await composerOf(workspace, message)),
  ];
}

/** What a step says to a person, as he would read it. */
export interface StepPreview extends Pick<RenderedMessage, 'subject' | 'text'> {
  step: string;
  channel: Step['channel'];
  to: string;
}

/**
 * The words of a step to a person.
 * @param id of the step
 * @throws ItacaError `not_found` for the sequence, the step or the person; `refused` with the reason where he
 *   would get none now, and where a tag has no value for him
 */
export async function previewStep(
  workspace: Workspace,
  name: string,
  id: string,
  who: string,
): Promise<StepPreview> {
  const { sequence } = await openSequence(workspace, name);
  const step = sequence.steps.find((one) => one.id === id);
  if (!step) {
    throw new ItacaError('not_found', `${name} has no step "${id}"`, {
      hint: `steps are: ${sequence.steps.map((one) => one.id).join(', ')}`,
    });
  }
  const person = await findRecord<Contact>(workspace, who, ['contact']);
  const { channel } = step;
  if (channel !== 'email')
    return { step: id, channel, to: person.title, ...(await wordsFor(sequence, step, person, workspace)) };
  const message = await messageOf(sequence, step, workspace);
  const people = [person as unknown as StoredRecord];
  const present = await presentOf(sequence, step, people, [...message.bodies.keys()], workspace);
  const {
    recipients: [recipient],
    leftOut: [out],
  } = planSend(present);
  if (!recipient) {
    const why = out ? `${out.reason.replaceAll('_', ' ')}: ${out.detail}` : 'nothing is known of him';
    throw new ItacaError('refused', `${person.title} gets no message: ${why}`, { path: person.path });
  }
  const { subject, text } = (await composerOf(workspace, message)).render(recipient, 'preview');
  return { step: id, channel, to: recipient.address, subject, text };
}

async function messageOf(sequence: Sequence, step: Step, workspace: Workspace) {
  const campaign = asCampaign(sequence, step);
  const bodies = stepBodies(workspace.root, sequence, step);
  const files = await campaignFiles(workspace.root, campaign, bodies);
  return { campaign, bodies, files, step: step.id };
}
