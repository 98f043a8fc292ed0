import type { Agreement } from '../../domain/agreements/agreement.js';
import { type AgreementStep, acknowledging } from '../../domain/agreements/steps.js';
import { ItacaError } from '../../domain/error.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { findRecord } from '../find-record.js';
import { nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { changeOf, withStep } from './apply-step.js';
import type { StepOutcome } from './cancel-agreement.js';
import { effectOf, requestedAt } from './effective.js';
import { isWithParty } from './party.js';
import { tell } from './tell.js';

export interface AcknowledgeInput {
  /** What told the customer, where it is on file. */
  in?: string;
  /** How he is told, where it is not. */
  channel?: string;
  text?: string;
  /** The day on which it takes effect, as a person types it. */
  effective?: string;
  attach?: string[];
}

/**
 * Puts on file that the customer was told: his request arrived, and takes effect on a day.
 * @throws ItacaError `refused` where nobody asked; `conflict` where it is acknowledged already
 */
export async function acknowledgeAgreement(
  which: string,
  input: AcknowledgeInput,
  tools: Tools,
): Promise<StepOutcome> {
  const agreement = await findRecord<Agreement>(tools.workspace, which, ['agreement']);
  const { data } = agreement;
  const effect = await effectOf(agreement, input.effective, requestedAt(data) ?? nowIso(tools), tools);
  const stepAt = (at: string, why: string | undefined) =>
    acknowledging(data, { at, by: tools.actor, why }, effect.day);
  const done = (step: AgreementStep, interaction: string | null, kase: string | null): StepOutcome => ({
    agreement: withStep(agreement, step),
    interaction,
    case: kase,
    effect,
  });
  if (input.channel !== undefined && input.in === undefined) {
    let step = stepAt(nowIso(tools), undefined);
    const told = await tell(
      agreement,
      { ...input, channel: input.channel },
      {
        agreement: agreement.ref,
        change(interaction) {
          step = stepAt(interaction.data.at as string, interaction.ref);
          return changeOf(agreement, step);
        },
      },
      tools,
    );
    return done(step, told.interaction.ref, told.case);
  }
  if (input.channel !== undefined)
    throw new ItacaError('usage', '--in and --channel exclude each other: one is on file, the other is not');
  const said = input.in === undefined ? undefined : await toldIn(input.in, agreement, tools);
  const step = stepAt(said?.data.at ?? nowIso(tools), said?.ref ?? input.text);
  const changes: Change[] = [changeOf(agreement, step)];
  if (said && said.data.agreement === undefined)
    changes.push({
      op: 'update',
      kind: 'interaction',
      id: said.id,
      path: said.path,
      set: { agreement: agreement.ref },
    });
  await write(changes, { subject: `agreement acknowledge ${agreement.id}` }, tools);
  return done(step, said?.ref ?? null, said?.data.case ?? null);
}

/**
 * What told the party of an agreement something.
 * @throws ItacaError `refused` for what is no word of ours to him
 */
async function toldIn(
  which: string,
  agreement: StoredRecord<Agreement>,
  tools: Tools,
): Promise<StoredRecord<Interaction>> {
  const said = await findRecord<Interaction>(tools.workspace, which, ['interaction']);
  const { data, path, ref } = said;
  if (data.direction !== 'outbound') throw new ItacaError('refused', `${ref} is no word of ours`, { path });
  if (!isWithParty(data, agreement.data, await tools.workspace.index()))
    throw new ItacaError('refused', `${ref} did not go to whose agreement it is`, { path });
  return said;
}
