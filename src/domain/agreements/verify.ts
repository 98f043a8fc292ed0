import type { Interaction } from '../interactions/interaction.js';
import { isOffer } from '../interactions/offer.js';
import type { Order } from '../orders/order.js';
import type { Agreement } from './agreement.js';
import { cancellationOf, countsAsCancelled, isCancelling } from './cancellation.js';
import { confirmationFault } from './confirmation.js';
import { type Told, toldIn } from './told.js';
import { daysIn } from './told-days.js';

/** Where what a customer was told, or asked, and what is on record part. */
export type FindingKind =
  | 'told_ended'
  | 'told_acknowledged'
  | 'not_recorded'
  | 'never_told'
  | 'not_in_writing'
  | 'other_day'
  | 'sent_after'
  | 'ordered_after';

export interface Finding {
  finding: FindingKind;
  /** When it was said, sent or done, ISO 8601 or a date; null for what never was. */
  at: string | null;
  what: string;
  /** Reference of the record that shows it. */
  evidence: string | null;
}

/** An interaction that is about an agreement. */
export interface Word {
  ref: string;
  data: Interaction;
  note: string;
  /** Whether it was with the party of the agreement. */
  withParty: boolean;
  /** Whether by its words somebody asks to end it. */
  asksToEnd?(): boolean;
}

/** What is on file about an agreement, the words in the order of time. */
export interface AgreementFile {
  agreement: Agreement;
  words: readonly Word[];
  /** References of cases in which it is to end, that are open. */
  openCancellations: readonly string[];
  orders: readonly { ref: string; data: Order }[];
  /** Messages of campaigns and sequences that left to the party although they were forbidden. */
  sends: readonly { at: string; what: string; evidence: string }[];
  isPurpose(topic: string): boolean;
  /** The calendar day of a stored date or time. */
  dayOf(when: string): string;
}

/** All that is not as the customer was told. */
export function verifyAgreement(file: AgreementFile): Finding[] {
  const { agreement } = file;
  return [
    ...told(file),
    ...(isCancelling(agreement.state) ? after(file) : asked(file)),
    ...(countsAsCancelled(agreement) ? sentAfter(file) : []),
  ];
}

/**
 * What left after the end was asked for; once it is confirmed, after that: what left before is told of by
 * `report sends-after-cancel`.
 */
function sentAfter({ agreement, words, sends, isPurpose }: AgreementFile): Finding[] {
  const confirming = words.find(({ ref }) => ref === agreement.confirmation)?.data.at;
  const since = Date.parse(confirming ?? cancellationOf(agreement)?.requested_at ?? '');
  const logged = words
    .filter(({ data }) => isOffer(data, isPurpose))
    .map(({ ref, data }) => ({ at: data.at, what: data.subject ?? data.channel, evidence: ref }));
  return [...logged, ...sends]
    .filter(({ at }) => Date.parse(at) >= since)
    .map(({ at, what, evidence }) => ({
      finding: 'sent_after',
      at,
      what: `“${what}” left after ${confirming === undefined ? 'the request' : 'the confirmation'}`,
      evidence,
    }));
}

/** What was said of it that the record does not bear out. */
function told({ agreement, words }: AgreementFile): Finding[] {
  const { state } = agreement;
  // What was said before somebody took his cancellation back was true then.
  const since = lastMoveTo(agreement, 'active');
  const recorded = state.replaceAll('_', ' ');
  const findings: Record<Told, FindingKind | undefined> = {
    ended: state === 'active' || state === 'cancel_requested' ? 'told_ended' : undefined,
    acknowledged: state === 'active' ? 'told_acknowledged' : undefined,
  };
  return words.flatMap(({ ref, data, note }): Finding[] => {
    if (Date.parse(data.at) < since) return [];
    return toldIn({ ...data, text: `${data.subject ?? ''}\n\n${note}` }).flatMap(
      ({ told: what, words: said }) => {
        const finding = findings[what];
        return finding === undefined
          ? []
          : [{ finding, at: data.at, what: `told “${said}”; on record it is ${recorded}`, evidence: ref }];
      },
    );
  });
}

/** What the customer asked for, of an agreement that is on record as if he had not. */
function asked({ agreement, words, openCancellations }: AgreementFile): Finding[] {
  if (agreement.state !== 'active') return [];
  const since = lastMoveTo(agreement, 'active');
  const said = words.filter(
    ({ data, asksToEnd }) =>
      data.direction === 'inbound' &&
      Date.parse(data.at) > since &&
      (data.intent === 'cancellation' ||
        data.topics?.includes('cancellation') ||
        // What the inbox read, or a person decided, needs no second reading.
        (data.intent === undefined && asksToEnd?.() === true)),
  );
  const what = 'asked to end it; on record it is active';
  const ended = cancellationOf(agreement);
  const contradiction: Finding[] = ended
    ? [
        {
          finding: 'not_recorded',
          at: ended.requested_at,
          what: 'by its history it is to end; on record it is active',
          evidence: null,
        },
      ]
    : [];
  const found = [
    ...said.map(({ ref, data }) => ({ at: data.at, evidence: ref })),
    ...openCancellations.map((ref) => ({ at: null, evidence: ref })),
  ].map((one): Finding => ({ finding: 'not_recorded', what, ...one }));
  return [...contradiction, ...found];
}

/** What is missing, or went on, after the end was asked for. */
function after({ agreement, words, orders, isPurpose, dayOf }: AgreementFile): Finding[] {
  const { state, confirmation, effective_at } = agreement;
  const ended = cancellationOf(agreement);
  const requested = ended?.requested_at;
  const asked = requested === undefined ? Number.NEGATIVE_INFINITY : Date.parse(requested);
  const ours = words.filter(({ data }) => data.direction === 'outbound' && Date.parse(data.at) >= asked);
  const found: Finding[] = [];
  const confirming = words.find(({ ref }) => ref === confirmation);
  const fault = confirming && confirmationFault(confirming.data, confirming.withParty, requested);
  if (fault)
    found.push({ finding: 'not_in_writing', at: confirming.data.at, what: fault, evidence: confirming.ref });
  if (confirmation === undefined && state === 'terminated')
    found.push({
      finding: 'never_told',
      at: null,
      what: 'terminated on record; nothing in writing told the customer',
      evidence: null,
    });
  const reached = ours.filter(({ data }) => !isOffer(data, isPurpose));
  if (state === 'cancel_acknowledged' && reached.length === 0)
    found.push({
      finding: 'never_told',
      at: null,
      what: 'acknowledged on record; no word of ours to the customer is on file',
      evidence: null,
    });
  if (effective_at !== undefined) {
    const day = effective_at.slice(0, 10);
    // A mail may name the day of the request, or of the letter: these do not count.
    const known = requested === undefined ? '' : dayOf(requested);
    for (const { ref, data, note } of ours.filter((one) => one.ref === confirmation || tellsOfEnd(one))) {
      const said = daysIn(`${data.subject ?? ''}\n${note}`, dayOf(data.at));
      const others = said.filter((one) => one > known && one !== dayOf(data.at));
      if (others.length > 0 && !said.includes(day))
        found.push({
          finding: 'other_day',
          at: data.at,
          what: `told ${others.join(', ')}; on record it ends on ${day}`,
          evidence: ref,
        });
    }
    for (const { ref, data } of orders) {
      const placed = data.placed_at === undefined ? undefined : dayOf(data.placed_at);
      if (placed !== undefined && placed > day && data.cancelled_at === undefined)
        found.push({
          finding: 'ordered_after',
          at: data.placed_at ?? null,
          what: `order ${data.number} was placed after its end, on ${day}`,
          evidence: ref,
        });
    }
  }
  return found;
}

function tellsOfEnd({ data, note }: Word): boolean {
  return toldIn({ ...data, text: `${data.subject ?? ''}\n\n${note}` }).length > 0;
}

/** When an agreement last came to a state, in epoch milliseconds; before all time where its history does not say. */
function lastMoveTo({ history = [] }: Agreement, state: string): number {
  const at = history.findLast(({ to }) => to === state)?.at;
  return at === undefined ? Number.NEGATIVE_INFINITY : Date.parse(at);
}
