import type { Agreement } from '../domain/agreements/agreement.js';
import { countsAsCancelled } from '../domain/agreements/cancellation.js';
import { ItacaError } from '../domain/error.js';
import type { Channel } from '../domain/interactions/channels.js';
import type { Interaction } from '../domain/interactions/interaction.js';
import type { Promise_ } from '../domain/promises/promise.js';
import { idOfRef, slug } from '../domain/records/ids.js';
import { isoInstant, startOf } from '../domain/time/clock.js';
import { parseWhen } from '../domain/time/parse-when.js';
import type { StoredRecord } from '../workspace/records.js';
import { endingReader } from './agreements/asks-to-end.js';
import { attach } from './attach.js';
import { findRecord } from './find-record.js';
import { type Created, newRecord, nowIso } from './new-record.js';
import { keeping } from './promises.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface InteractionInput {
  channel: Channel;
  /** A person or a firm, in any way of naming one; may be absent for a note that warns of something. */
  who?: string;
  /** What was said. */
  text?: string;
  /** Our own address or number that it came in by. */
  address?: string;
  direction?: 'inbound' | 'outbound' | 'internal';
  outcome?: string;
  minutes?: number;
  case?: string;
  deal?: string;
  campaign?: string;
  agreement?: string;
  subject?: string;
  topics?: string[];
  /** As a person types a time. */
  at?: string;
  /** What was promised to them. */
  promise?: string;
  /** When the promise is due, as a person types it. */
  due?: string;
  /** A promise that is kept by it, in any way of naming one. */
  keeps?: string;
  /** What came in and is answered by it, in any way of naming it; its case and its people are then those of the answer. */
  answers?: string;
  /** Records that it warns of, in any way of naming them. */
  warns?: string[];
  /** Files that came or went with it. */
  attach?: string[];
}

export interface LogOutcome {
  who: StoredRecord | undefined;
  interaction: Created;
  promise?: Created;
  /** The promise that was kept by it. */
  kept?: StoredRecord<Promise_>;
}

/**
 * Puts on file what passed between the firm and somebody, the promise that was made and the one that was kept. One
 * commit.
 * @throws ItacaError `conflict` where the promise to be kept has ended already
 */
export async function logInteraction(input: InteractionInput, tools: Tools): Promise<LogOutcome> {
  const { workspace, clock, actor } = tools;
  const who = input.who ? await findRecord(workspace, input.who, ['contact', 'company']) : undefined;
  const answered = input.answers ? await findRecord(workspace, input.answers, ['interaction']) : undefined;
  const said = answered?.data as Partial<Interaction> | undefined;
  const kase = input.case ? await findRecord(workspace, input.case, ['case']) : undefined;
  const deal = input.deal ? await findRecord(workspace, input.deal, ['deal']) : undefined;
  const campaign = input.campaign ? await findRecord(workspace, input.campaign, ['campaign']) : undefined;
  const agreement = input.agreement
    ? await findRecord<Agreement>(workspace, input.agreement, ['agreement'])
    : undefined;
  const at = input.at ? instantOf(parseWhen(input.at, clock, tools.warn), tools) : nowIso(tools);
  if (input.at && Date.parse(at) > clock.now())
    throw new ItacaError('usage', `--at ${input.at} is still to come`, {
      hint: 'what is to be done is a promise: itaca promise add',
    });
  const company = who?.kind === 'company' ? who.ref : who ? who.data.company : said?.company;
  const warns = await Promise.all((input.warns ?? []).map((one) => findRecord(workspace, one)));
  const { attachments, keep } = attach(input.attach ?? [], tools);
  const interaction = await newRecord(
    'interaction',
    {
      at,
      channel: input.channel,
      address: input.address,
      direction: input.direction ?? (input.channel === 'note' ? 'internal' : undefined),
      by: actor,
      contacts: who ? (who.kind === 'contact' ? [who.ref] : undefined) : said?.contacts,
      company,
      case: kase?.ref ?? said?.case,
      deal: deal?.ref,
      campaign: campaign?.ref,
      agreement: agreement?.ref,
      subject: input.subject,
      outcome: input.outcome,
      minutes: input.minutes,
      topics: input.topics,
      answers: answered?.ref,
      warns: warns.map(({ ref }) => ref),
      attachments,
    },
    {
      title: `${input.channel} ${slug(who?.title ?? input.subject ?? said?.author ?? warns[0]?.title ?? '', '')}`,
      ...(input.text ? { note: input.text } : {}),
    },
    tools,
  );
  const promise = input.promise
    ? await newRecord(
        'promise',
        {
          what: input.promise,
          to: who?.kind === 'contact' ? who.ref : undefined,
          by: actor,
          due: input.due === undefined ? undefined : parseWhen(input.due, clock, tools.warn),
          made_at: at,
          made_in: interaction.ref,
          case: kase?.ref,
        },
        { title: input.promise },
        tools,
      )
    : undefined;
  const kept = input.keeps ? await keeping(input.keeps, at, interaction.ref, tools) : undefined;
  const keptFor = kept?.promise.data.to;
  const entitled = keptFor ? (await workspace.index()).get(idOfRef(keptFor) ?? '') : undefined;
  if (entitled && who && entitled.id !== who.id)
    tools.warn(`it was promised to ${entitled.title}, not to ${who.title}`);
  await write(
    [interaction, ...(promise ? [promise] : []), ...(kept ? [kept.change] : [])],
    { subject: `log ${input.channel} ${interaction.id}`, also: keep() },
    tools,
  );
  if (agreement && !countsAsCancelled(agreement.data)) {
    const { data, id } = agreement;
    const words = { direction: input.direction, ...(input.subject ? { subject: input.subject } : {}) };
    if (data.state === 'active' && endingReader(workspace.root)(words, input.text ?? ''))
      tools.warn(
        `this asks to end ${data.number ?? agreement.ref}, which is active on record: itaca agreement cancel ${data.number ?? id} --in ${interaction.ref}`,
      );
  }
  return { who, interaction, ...(promise ? { promise } : {}), ...(kept ? { kept: kept.promise } : {}) };
}

function instantOf(when: string, { clock }: Tools): string {
  return when.length > 10 ? when : isoInstant(startOf(when, clock.timeZone) ?? clock.now(), clock.timeZone);
}
