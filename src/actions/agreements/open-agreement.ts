import { Temporal } from 'temporal-polyfill';
import type { Agreement } from '../../domain/agreements/agreement.js';
import { ItacaError } from '../../domain/error.js';
import { isoDate, isoInstant, startOf } from '../../domain/time/clock.js';
import { plainDay } from '../../domain/time/days.js';
import { durationPattern } from '../../domain/time/durations.js';
import { parseWhen } from '../../domain/time/parse-when.js';
import { attach } from '../attach.js';
import { findRecord } from '../find-record.js';
import { type Created, newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';

export interface AgreementInput {
  /** A person or a firm, in any way of naming one. */
  who: string;
  number?: string;
  kind?: string;
  /** As a person types a day; today where absent. */
  start?: string;
  /** A day, or how long it runs from its start, ISO 8601. */
  end?: string;
  /** Days. */
  notice?: string;
  /** `8 books P2Y`. */
  commitment?: string;
  /** As a person types a day; the start where absent. */
  signed?: string;
  /** A file with the terms that were signed. */
  terms?: string;
}

/**
 * Puts an agreement on file, with the hash of the terms that were signed.
 * @throws ItacaError `conflict` where its number is on file; `usage` for what is no day, notice or commitment
 */
export async function openAgreement(input: AgreementInput, tools: Tools): Promise<Created> {
  const { workspace, clock, actor } = tools;
  const party = await findRecord(workspace, input.who, ['contact', 'company']);
  const { number } = input;
  const index = await workspace.index();
  const [same] = number === undefined ? [] : index.byKey('identifier', number.toLowerCase(), ['agreement']);
  if (same) throw new ItacaError('conflict', `there is an agreement ${number} already`, { path: same.path });
  const start = dayOf('start', input.start ?? 'today', tools);
  const end = input.end === undefined ? undefined : endOf(input.end, start, tools);
  if (end !== undefined && end < start)
    throw new ItacaError('usage', `--end ${end} lies before the start, ${start}`);
  const signed = input.signed === undefined ? undefined : dayOf('signed', input.signed, tools);
  const { attachments, keep } = attach(input.terms === undefined ? [] : [input.terms], tools);
  const began = signed ?? start;
  const today = isoDate(clock.now(), clock.timeZone);
  const at = began < today ? (startOf(began, clock.timeZone) ?? clock.now()) : clock.now();
  const agreement = {
    number,
    kind: input.kind,
    contact: party.kind === 'contact' ? party.ref : undefined,
    company: party.kind === 'company' ? party.ref : undefined,
    signed_at: signed,
    start,
    end,
    notice_days: input.notice === undefined ? undefined : noticeOf(input.notice),
    commitment: input.commitment === undefined ? undefined : commitmentOf(input.commitment),
    terms_sha256: attachments[0]?.sha256,
    state: 'active' satisfies Agreement['state'],
    history: [{ at: isoInstant(at, clock.timeZone), by: actor, to: 'active' }],
    attachments,
  };
  const title = number ?? `${input.kind ?? 'agreement'} ${party.title}`;
  const record = await newRecord('agreement', agreement, { title }, tools);
  await write([record], { subject: `agreement open ${record.id}`, also: keep() }, tools);
  return record;
}

function dayOf(option: string, text: string, { clock }: Tools): string {
  const day = parseWhen(text, clock);
  if (day.length === 10) return day;
  throw new ItacaError('usage', `--${option} is a day, without a time`);
}

/** The last day: as it is typed, or that of a term which begins on the first. */
function endOf(text: string, start: string, tools: Tools): string {
  const term = text.toUpperCase();
  const first = plainDay(start);
  if (!durationPattern.test(term) || term.includes('T') || !first) return dayOf('end', text, tools);
  return first.add(Temporal.Duration.from(term)).subtract({ days: 1 }).toString();
}

function noticeOf(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new ItacaError('usage', `--notice ${text}: expected a number of days`);
}

/** `8 books P2Y`: how many of what, and how often where it is not for the whole term. */
function commitmentOf(text: string): NonNullable<Agreement['commitment']> {
  const [count = '', ...words] = text.trim().split(/\s+/);
  const every = words.at(-1)?.toUpperCase() ?? '';
  const repeats = durationPattern.test(every) && !every.includes('T');
  const unit = (repeats ? words.slice(0, -1) : words).join(' ');
  // What is left of another way to say it, `3 books in 1 year`, is no unit.
  const isOther = /(?:^| )(?:\d+|in|per|every|each|within|ogni|pro|je|P\d\S*)(?: |$)/i.test(unit);
  if (!/^0*[1-9]\d{0,8}$/.test(count) || unit === '' || isOther)
    throw new ItacaError('usage', `--commitment ${text}: how many of what?`, {
      hint: 'write it as "8 books", or with the time in which they have to be taken: "8 books P2Y"',
    });
  return { unit, minimum: Number(count), ...(repeats ? { every } : {}) };
}
