import type { Agreement } from '../../domain/agreements/agreement.js';
import { confirmationFault } from '../../domain/agreements/confirmation.js';
import { type AgreementStep, confirming } from '../../domain/agreements/steps.js';
import { isOpen } from '../../domain/cases/states.js';
import { ItacaError } from '../../domain/error.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { type CaseInHand, caseInHand } from '../cases/in-hand.js';
import { updateOf } from '../cases/move-case.js';
import type { ReplyMeaning } from '../cases/reply.js';
import { resolvedBy } from '../cases/resolved-by.js';
import { findRecord } from '../find-record.js';
import { nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import type { AcknowledgeInput } from './acknowledge-agreement.js';
import { changeOf, withStep } from './apply-step.js';
import type { StepOutcome } from './cancel-agreement.js';
import { type Effect, effectOf, overSince, requestedAt } from './effective.js';
import { cancellationCaseOf, isWithParty } from './party.js';
import { tell } from './tell.js';

/**
 * Puts on file the written word that told the customer that his agreement ends, and when. The agreement is terminated once
 * that day is over; before, `itaca run` does it then. It answers the case in which the end was asked for, and resolves it.
 * @throws ItacaError `refused` where nobody asked, and for what is nothing in writing to him; `conflict` where it is on file
 */
export async function confirmAgreement(
  which: string,
  input: AcknowledgeInput,
  tools: Tools,
): Promise<StepOutcome> {
  const agreement = await findRecord<Agreement>(tools.workspace, which, ['agreement']);
  const { confirmation, state } = agreement.data;
  if (confirmation !== undefined && state === 'terminated')
    throw new ItacaError('conflict', `it is confirmed already, by ${confirmation}`, { path: agreement.path });
  if (input.channel !== undefined && input.in !== undefined)
    throw new ItacaError('usage', '--in and --channel exclude each other: one is on file, the other is not');
  const planned = await confirmationOf(agreement, input.effective, tools);
  if (input.channel !== undefined) {
    const told = await tell(
      agreement,
      { ...input, channel: input.channel },
      { ...meaningOf(agreement, planned), resolves: true },
      tools,
    );
    const step = planned.step(told.interaction.ref, told.interaction.data);
    return {
      agreement: withStep(agreement, step),
      interaction: told.interaction.ref,
      case: told.case,
      effect: planned.effect,
    };
  }
  const named = input.in ?? confirmation;
  if (named === undefined)
    throw new ItacaError('refused', 'it cannot be terminated without a written confirmation on file', {
      path: agreement.path,
      hint: 'write to him: --channel letter "…", or name what left: --in <interaction>',
    });
  const said = await findRecord<Interaction>(tools.workspace, named, ['interaction']);
  const step = planned.step(said.ref, said.data);
  if (
    said.ref === confirmation &&
    step.append.history.length === 0 &&
    planned.effect.day === agreement.data.effective_at?.slice(0, 10)
  )
    throw new ItacaError('conflict', `it is confirmed already, by ${confirmation}`, {
      path: agreement.path,
      hint: 'another day is given with --effective',
    });
  const { id, path, data } = said;
  const kase = await openCaseOf(agreement, said, tools);
  const set = {
    ...(data.agreement === undefined ? { agreement: agreement.ref } : {}),
    ...(data.case === undefined && kase ? { case: kase.kase.ref } : {}),
  };
  const changes: Change[] = [changeOf(agreement, step)];
  if (Object.keys(set).length > 0) changes.push({ op: 'update', kind: 'interaction', id, path, set });
  const resolved = kase && resolvedBy(kase, said, tools);
  if (resolved) changes.push(updateOf(kase.kase, resolved));
  await write(changes, { subject: `agreement confirm ${agreement.id}` }, tools);
  return {
    agreement: withStep(agreement, step),
    interaction: said.ref,
    case: data.case ?? kase?.kase.ref ?? null,
    effect: planned.effect,
  };
}

/** The open case in which the end was asked for, where what confirms it is not filed in another. */
async function openCaseOf(
  agreement: StoredRecord<Agreement>,
  { data }: StoredRecord<Interaction>,
  tools: Tools,
): Promise<CaseInHand | undefined> {
  const index = await tools.workspace.index();
  const kase = cancellationCaseOf(agreement.id, index);
  if (!kase || !isOpen(kase.data.state)) return undefined;
  const filed = data.case === undefined ? kase.id : index.get(idOfRef(data.case) ?? '')?.id;
  return filed === kase.id ? caseInHand(kase.id, tools) : undefined;
}

/** What an answer in a case writes that is the written confirmation; throws as `confirmAgreement` does. */
export async function confirmationBy(
  agreement: StoredRecord<Agreement>,
  effective: string | undefined,
  tools: Tools,
): Promise<ReplyMeaning> {
  return meaningOf(agreement, await confirmationOf(agreement, effective, tools));
}

interface Planned {
  effect: Effect;
  step(ref: string, said: Partial<Interaction>): AgreementStep;
}

function meaningOf(agreement: StoredRecord<Agreement>, { step }: Planned): ReplyMeaning {
  return {
    agreement: agreement.ref,
    change: ({ ref, data }) => changeOf(agreement, step(ref, data as Partial<Interaction>)),
  };
}

async function confirmationOf(
  agreement: StoredRecord<Agreement>,
  effective: string | undefined,
  tools: Tools,
): Promise<Planned> {
  const { data, path } = agreement;
  const index = await tools.workspace.index();
  const requested = requestedAt(data);
  const effect = await effectOf(agreement, effective, requested ?? nowIso(tools), tools);
  const overAt = overSince(effect.day, tools.clock);
  const step = (ref: string, said: Partial<Interaction>) => {
    const confirmed = confirming(
      data,
      { at: said.at ?? nowIso(tools), by: tools.actor },
      { confirmation: ref, effective: effect.day, overAt },
    );
    const fault = confirmationFault(said, isWithParty(said, data, index), requested);
    if (fault) {
      const what = index.get(idOfRef(ref) ?? '') ? ref : 'this';
      throw new ItacaError('refused', `${what} does not confirm it in writing: ${fault}`, { path });
    }
    return confirmed;
  };
  // Nothing is written where it is refused whatever the words are.
  confirming(
    data,
    { at: '9999-12-31T00:00:00Z', by: '' },
    { confirmation: '', effective: effect.day, overAt },
  );
  return { effect, step };
}
