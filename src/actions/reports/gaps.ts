import type { Agreement } from '../../domain/agreements/agreement.js';
import type { Clock } from '../../domain/cases/clocks.js';
import { historyOf } from '../../domain/cases/history-of.js';
import type { Order } from '../../domain/orders/order.js';
import type { Promise_ } from '../../domain/promises/promise.js';
import { endOf, isoInstant } from '../../domain/time/clock.js';
import { isWithin, type Period } from '../../domain/time/period.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { judgedCases } from '../cases/judged-cases.js';
import { nameOf } from '../names.js';
import { officeOf } from './offices.js';
import { unanswered } from './unanswered.js';

/** What should have happened: the deadlines of cases, promises, deliveries, confirmations, answers. */
export type GapKind = Clock['clock'] | 'promise' | 'delivery' | 'confirmation' | 'answer';

/** Something that should have happened and did not, or too late. */
export interface Gap {
  /** When it should have happened, ISO 8601. */
  at: string;
  gap: GapKind;
  what: string;
  /** Whose it was: a member, or the office that had to accept. */
  who: string | null;
  office: string | null;
  /** The customer. */
  for: string | null;
  /** When it happened after all; null while it has not. */
  done_at: string | null;
  ref: string;
}

interface Found extends Omit<Gap, 'at' | 'done_at'> {
  due: number;
  done: number | null;
}

const words: Record<Clock['clock'], string> = {
  first_response: 'the first answer',
  next_response: 'an answer',
  resolution: 'the resolution',
  hand_over: 'that it was accepted',
};

/**
 * What should have happened and did not, the oldest first.
 * @param period where one is named, all that should have happened in it, also what was done too late; otherwise what is
 *   missing now
 */
export async function reportGaps(workspace: Workspace, period: Period): Promise<Gap[]> {
  const index = await workspace.index();
  const { now, timeZone } = workspace.clock;
  const moment = now();
  const whole = period.since !== null || period.until !== null;
  const found = [
    ...(await ofCases(index, workspace, whole)),
    ...ofPromises(index, workspace, whole),
    ...ofOrders(index, workspace),
    ...ofAgreements(index, workspace),
    ...(await ofAnswers(index, workspace)),
  ];
  return found
    .filter(({ due, done }) => due <= moment && (done === null ? true : whole && done > due))
    .filter(({ due }) => isWithin(period, due))
    .sort((a, b) => a.due - b.due || (a.ref < b.ref ? -1 : 1))
    .map(({ due, done, ...gap }) => ({
      at: isoInstant(due, timeZone),
      ...gap,
      done_at: done === null ? null : isoInstant(done, timeZone),
    }));
}

async function ofCases(index: Index, workspace: Workspace, whole: boolean): Promise<Found[]> {
  const cases = whole ? index.list({ kinds: ['case'] }) : index.openCases();
  const { judged } = await judgedCases(cases, index, workspace, { all: whole });
  return judged.flatMap(({ kase: { data, ref }, clocks }) =>
    clocks
      .filter(({ state }) => state === 'breached')
      .map(
        ({ clock, due, ended, who }): Found => ({
          due,
          done: ended,
          gap: clock,
          what: `${words[clock]}: ${data.title}`,
          who: who ?? data.owner ?? null,
          office: who === undefined ? (data.office ?? null) : (officeOf(workspace.config)(who) ?? who),
          for: nameOf(data.contact ?? data.company, index),
          ref,
        }),
      ),
  );
}

function ofPromises(index: Index, workspace: Workspace, whole: boolean): Found[] {
  const { timeZone } = workspace.clock;
  const promises = whole ? index.list({ kinds: ['promise'] }) : index.openPromises();
  return (promises as unknown as StoredRecord<Promise_>[]).flatMap(({ data, ref }): Found[] => {
    const due =
      data.due === undefined || data.cancelled_at !== undefined ? undefined : endOf(data.due, timeZone);
    if (due === undefined) return [];
    const kept = data.kept_at ?? (data.kept_in ? data.due : undefined);
    return [
      {
        due,
        done: kept === undefined ? null : (endOf(kept, timeZone) ?? null),
        gap: 'promise',
        what: data.what,
        who: data.by ?? null,
        office: officeOf(workspace.config)(data.by),
        for: nameOf(data.to, index),
        ref,
      },
    ];
  });
}

function ofOrders(index: Index, workspace: Workspace): Found[] {
  const { timeZone } = workspace.clock;
  const orders = index.list({ kinds: ['order'] }) as unknown as StoredRecord<Order>[];
  return orders.flatMap(({ data, ref }): Found[] => {
    const { promised_by, delivered_at, cancelled_at } = data;
    const due = promised_by === undefined ? undefined : endOf(promised_by, timeZone);
    if (due === undefined || (cancelled_at !== undefined && delivered_at === undefined)) return [];
    return [
      {
        due,
        done: delivered_at === undefined ? null : (endOf(delivered_at, timeZone) ?? null),
        gap: 'delivery',
        what: `order ${data.number}`,
        who: null,
        office: null,
        for: nameOf(data.contact, index),
        ref,
      },
    ];
  });
}

/** Agreements that are over by their own dates while nobody told the customer in writing. */
function ofAgreements(index: Index, workspace: Workspace): Found[] {
  const { timeZone } = workspace.clock;
  const agreements = index.list({ kinds: ['agreement'] }) as unknown as StoredRecord<Agreement>[];
  return agreements.flatMap(({ data, ref }): Found[] => {
    const ended = data.state === 'terminated' || data.state?.startsWith('cancel_');
    const over = data.effective_at ?? (data.state === 'terminated' ? historyOf(data).at(-1)?.at : undefined);
    const due = over === undefined ? undefined : endOf(over, timeZone);
    if (!ended || data.confirmation !== undefined || due === undefined) return [];
    return [
      {
        due,
        done: null,
        gap: 'confirmation',
        what: `the written confirmation that ${data.number ?? ref} has ended`,
        who: null,
        office: null,
        for: nameOf(data.contact ?? data.company, index),
        ref,
      },
    ];
  });
}

async function ofAnswers(index: Index, workspace: Workspace): Promise<Found[]> {
  return (await unanswered(workspace)).flatMap(
    ({ due, subject, channel, owner, contact, author, ref }): Found[] =>
      due === null
        ? []
        : [
            {
              due,
              done: null,
              gap: 'answer',
              what: `an answer (${channel}): ${subject}`,
              who: owner,
              office: officeOf(workspace.config)(owner),
              for: contact === null ? author : nameOf(contact, index),
              ref,
            },
          ],
  );
}
