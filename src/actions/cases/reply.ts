import type { Agreement } from '../../domain/agreements/agreement.js';
import type { Case } from '../../domain/cases/case.js';
import { isUnreached } from '../../domain/cases/case-file.js';
import { isOpen } from '../../domain/cases/states.js';
import { ItacaError } from '../../domain/error.js';
import { parseWhen } from '../../domain/time/parse-when.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { confirmationBy } from '../agreements/confirm-agreement.js';
import { attach } from '../attach.js';
import { findRecord } from '../find-record.js';
import { type Created, newRecord, nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { channelOf } from './channel-of.js';
import { caseInHand } from './in-hand.js';
import { mayGo, moved, planned, updateOf } from './move-case.js';
import { resolvedBy } from './resolved-by.js';

export interface ReplyInput {
  /** What was said. */
  text?: string;
  /** How; by default as the customer last wrote. */
  channel?: string;
  subject?: string;
  outcome?: string;
  minutes?: number;
  attach?: string[];
  /** What was promised with it, and when that is due, as a person types it. */
  promise?: string;
  due?: string;
  /** Whether the case now waits for the customer. */
  wait?: boolean;
  /** Whether this is the written confirmation that the agreement of the case has ended. */
  confirms?: boolean;
}

/** What an answer means for an agreement. */
export interface ReplyMeaning {
  /** Reference. */
  agreement: string;
  /** What follows from the answer. */
  change(interaction: Created): Change;
  /** Whether it is what the case was for, and resolves it where its process allows that. */
  resolves?: true;
}

export interface ReplyOutcome {
  kase: StoredRecord<Case>;
  interaction: Created;
  promise?: Created;
}

/**
 * Puts an answer to the customer on file. A case that is new is open from then on; one that nobody owns becomes that of
 * who answers. One commit.
 */
export async function replyInCase(
  which: string,
  input: ReplyInput,
  tools: Tools,
  meaning?: ReplyMeaning,
): Promise<ReplyOutcome> {
  const inHand = await caseInHand(which, tools);
  const { kase, file } = inHand;
  const { data } = kase;
  const at = nowIso(tools);
  const asked = file.interactions.findLast(({ direction }) => direction === 'inbound');
  const channel = channelOf(input.channel ?? asked?.channel ?? data.channel ?? 'email');
  const reached = !isUnreached(input.outcome);
  if (input.wait && !reached) {
    throw new ItacaError('usage', `--outcome ${input.outcome}: nobody was reached who could be waited for`);
  }
  const means = input.confirms ? await confirmationIn(data, tools) : meaning;
  const { attachments, keep } = attach(input.attach ?? [], tools);
  const interaction = await newRecord(
    'interaction',
    {
      at,
      channel,
      direction: 'outbound',
      by: tools.actor,
      contacts: data.contact ? [data.contact] : undefined,
      company: data.company,
      case: kase.ref,
      agreement: means?.agreement,
      subject: input.subject ?? `Re: ${data.title}`,
      outcome: input.outcome,
      minutes: input.minutes,
      answers: asked?.ref,
      attachments,
    },
    { title: `re ${data.title}`, ...(input.text ? { note: input.text } : {}) },
    tools,
  );
  const changes: Change[] = [interaction];
  if (means) changes.push(means.change(interaction));
  const promise = input.promise === undefined ? undefined : await promised(kase, interaction, input, tools);
  if (promise) changes.push(promise);
  const to = input.wait ? 'waiting_customer' : 'open';
  const owner = data.owner === undefined && isOpen(data.state) ? { owner: tools.actor } : {};
  let after = kase;
  const resolved = means?.resolves && resolvedBy(inHand, interaction, tools);
  if (resolved) {
    after = moved(kase, resolved);
    changes.push(updateOf(kase, resolved));
  } else if (input.wait ? data.state !== to : data.state === 'new' && mayGo(inHand, to)) {
    const why = input.wait ? 'asked the customer' : reached ? 'answered' : 'tried to answer';
    const move = planned(inHand, to, { why, set: owner }, tools);
    after = moved(kase, move);
    changes.push(updateOf(kase, move));
  } else if ('owner' in owner) {
    const { id, path } = kase;
    after = { ...kase, data: { ...data, ...owner } };
    changes.push({ op: 'update', kind: 'case', id, path, set: owner });
  }
  await write(changes, { subject: `case reply ${kase.id} ${interaction.id}`, also: keep() }, tools);
  return {
    kase: after,
    interaction,
    ...(promise ? { promise } : {}),
  };
}

async function confirmationIn(data: Case, tools: Tools): Promise<ReplyMeaning> {
  if (data.agreement === undefined) {
    throw new ItacaError('usage', 'this case names no agreement that could be confirmed', {
      hint: 'link it first: itaca case link <case> <agreement>',
    });
  }
  const agreement = await findRecord<Agreement>(tools.workspace, data.agreement, ['agreement']);
  return confirmationBy(agreement, undefined, tools);
}

async function promised(
  kase: StoredRecord<Case>,
  interaction: Created,
  { promise: what, due }: ReplyInput,
  tools: Tools,
): Promise<Created> {
  return newRecord(
    'promise',
    {
      what,
      to: kase.data.contact,
      by: tools.actor,
      due: due === undefined ? undefined : parseWhen(due, tools.clock, tools.warn),
      made_at: interaction.data.at,
      made_in: interaction.ref,
      case: kase.ref,
    },
    { title: what as string },
    tools,
  );
}
