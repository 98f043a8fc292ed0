import { money } from '../../domain/cases/remedy.js';
import { stagesOf } from '../../domain/deals/stages.js';
import { ItacaError } from '../../domain/error.js';
import type { Money } from '../../domain/money/sum.js';
import { isoDate, startOf } from '../../domain/time/clock.js';
import { parseWhen } from '../../domain/time/parse-when.js';
import type { StoredRecord } from '../../workspace/records.js';
import { findRecord } from '../find-record.js';
import { type Created, newRecord, nowIso } from '../new-record.js';
import { refuseStranger } from '../refuse-stranger.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { openCasesAround } from './open-cases.js';

export interface DealInput {
  title: string;
  contact?: string;
  /** The firm of the contact where absent. */
  company?: string;
  /** The first stage where absent. */
  stage?: string;
  /** An amount with its currency, as a person types it. */
  value?: string;
  /** When it should be won or lost, as a person types a day. */
  expectedClose?: string;
  owner?: string;
  office?: string;
  source?: string;
  note?: string;
}

/**
 * Opens a deal; it belongs to whoever opens it where nobody else is named.
 * @returns the deal, and the open cases of whom it is about, which the seller should know of
 * @throws ItacaError `usage` for a stage that there is not or where it ends, and for what is no amount
 */
export async function openDeal(
  input: DealInput,
  tools: Tools,
): Promise<{ deal: Created; cases: StoredRecord[] }> {
  const { workspace, actor } = tools;
  const { members = {}, deals } = workspace.config;
  refuseStranger(input.owner, tools);
  const stages = stagesOf(deals).map(({ name }) => name);
  const stage = input.stage ?? (stages[0] as string);
  if (!stages.includes(stage))
    throw new ItacaError('usage', `no deal begins as "${stage}"`, {
      hint: `stages are: ${stages.join(', ')}`,
    });
  const contact = input.contact ? await findRecord(workspace, input.contact, ['contact']) : undefined;
  const company = input.company ? await findRecord(workspace, input.company, ['company']) : undefined;
  const owner = input.owner ?? (actor in members ? actor : undefined);
  const about = { contact: contact?.ref, company: company?.ref ?? (contact?.data.company as string) };
  const deal = await newRecord(
    'deal',
    {
      title: input.title,
      ...about,
      stage,
      value: input.value === undefined ? undefined : dealValue(input.value, tools),
      expected_close: input.expectedClose === undefined ? undefined : closeDay(input.expectedClose, tools),
      owner,
      office: input.office ?? (owner ? members[owner]?.office : undefined),
      history: [{ at: nowIso(tools), by: actor, to: stage }],
      source: input.source,
    },
    { title: input.title, ...(input.note ? { note: input.note } : {}) },
    tools,
  );
  await write([deal], { subject: `deal open ${deal.id}` }, tools);
  return { deal, cases: openCasesAround(about, await workspace.index()) };
}

/**
 * What a deal is worth, as a person types it; without a currency it is in that of `deals.currency`.
 * @throws ItacaError `usage` for what is no amount
 */
export function dealValue(text: string, { workspace }: Tools): Money {
  const { currency } = workspace.config.deals ?? {};
  return money(currency !== undefined && /^\s*[\d.,]+\s*$/.test(text) ? `${text.trim()} ${currency}` : text);
}

/** The day on which a deal should be won or lost, as a person types it. */
export function closeDay(text: string, { clock, warn }: Tools): string {
  const when = parseWhen(text, clock, warn);
  return when.length === 10 ? when : isoDate(startOf(when, clock.timeZone) as number, clock.timeZone);
}
