import type { Channel } from '../domain/interactions/channels.js';
import { slug } from '../domain/records/ids.js';
import { isoInstant, startOf } from '../domain/time/clock.js';
import { parseWhen } from '../domain/time/parse-when.js';
import type { StoredRecord } from '../workspace/records.js';
import { findRecord } from './find-record.js';
import { type Created, newRecord, nowIso } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface InteractionInput {
  channel: Channel;
  /** A person or a firm, in any way of naming one. */
  who: string;
  /** What was said. */
  text?: string;
  direction?: 'inbound' | 'outbound' | 'internal';
  outcome?: string;
  minutes?: number;
  case?: string;
  deal?: string;
  campaign?: string;
  subject?: string;
  topics?: string[];
  /** As a person types a time. */
  at?: string;
  /** What was promised to them. */
  promise?: string;
  /** When the promise is due, as a person types it. */
  due?: string;
}

export interface LogOutcome {
  who: StoredRecord;
  interaction: Created;
  promise?: Created;
}

/** Puts on file what passed between the firm and somebody, and the promise that was made. One commit. */
export async function logInteraction(input: InteractionInput, tools: Tools): Promise<LogOutcome> {
  const { workspace, clock, actor } = tools;
  const who = await findRecord(workspace, input.who, ['contact', 'company']);
  const kase = input.case ? await findRecord(workspace, input.case, ['case']) : undefined;
  const deal = input.deal ? await findRecord(workspace, input.deal, ['deal']) : undefined;
  const campaign = input.campaign ? await findRecord(workspace, input.campaign, ['campaign']) : undefined;
  const at = input.at ? instantOf(parseWhen(input.at, clock, tools.warn), tools) : nowIso(tools);
  const company = who.kind === 'company' ? who.ref : who.data.company;
  const interaction = await newRecord(
    'interaction',
    {
      at,
      channel: input.channel,
      direction: input.direction ?? (input.channel === 'note' ? 'internal' : undefined),
      by: actor,
      contacts: who.kind === 'contact' ? [who.ref] : undefined,
      company,
      case: kase?.ref,
      deal: deal?.ref,
      campaign: campaign?.ref,
      subject: input.subject,
      outcome: input.outcome,
      minutes: input.minutes,
      topics: input.topics,
    },
    { title: `${input.channel} ${slug(who.title, '')}`, ...(input.text ? { note: input.text } : {}) },
    tools,
  );
  const promise = input.promise
    ? await newRecord(
        'promise',
        {
          what: input.promise,
          to: who.kind === 'contact' ? who.ref : undefined,
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
  await write(
    promise ? [interaction, promise] : [interaction],
    { subject: `log ${input.channel} ${interaction.id}` },
    tools,
  );
  return { who, interaction, ...(promise ? { promise } : {}) };
}

function instantOf(when: string, { clock }: Tools): string {
  return when.length > 10 ? when : isoInstant(startOf(when, clock.timeZone) ?? clock.now(), clock.timeZone);
}
