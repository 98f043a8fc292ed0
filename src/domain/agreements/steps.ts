import { ItacaError } from '../error.js';
import { isBefore } from '../time/order.js';
import type { Agreement } from './agreement.js';
import { isCancelling } from './cancellation.js';

/** What a step writes into an agreement. */
export interface AgreementStep {
  set: Partial<Agreement>;
  append: { history: NonNullable<Agreement['history']> };
}

interface By {
  /** ISO 8601. */
  at: string;
  by: string;
  why?: string | undefined;
}

/**
 * Puts on record that the end was asked for.
 * @throws ItacaError `conflict` where that is on record; `refused` for one that has run out
 */
export function requesting({ state, history, number }: Agreement, step: By): AgreementStep {
  if (isCancelling(state))
    throw new ItacaError('conflict', `its end was asked for already: it is ${state.replaceAll('_', ' ')}`, {
      hint: `see it: itaca agreement show ${number ?? '<agreement>'}`,
    });
  if (state === 'expired') throw new ItacaError('refused', 'it has run out already');
  return moves(history, [[state, 'cancel_requested', step]]);
}

/**
 * Puts on record that the customer was told that his request arrived, and the day on which it takes effect.
 * @throws ItacaError `refused` where nobody asked; `conflict` where it is acknowledged with that day
 */
export function acknowledging(agreement: Agreement, step: By, effective: string): AgreementStep {
  const { state, history, effective_at } = agreement;
  if (!isCancelling(state)) throw notAsked(agreement);
  if (state === 'cancel_requested')
    return moves(history, [[state, 'cancel_acknowledged', step]], { effective_at: effective });
  if (state === 'terminated' || effective_at === effective)
    throw new ItacaError('conflict', `it is ${state.replaceAll('_', ' ')} already`, {
      hint: 'another day is given with --effective',
    });
  return { set: { effective_at: effective }, append: { history: [] } };
}

/**
 * Puts the written confirmation on file; the agreement is terminated once its day of effect is over.
 * @param confirmation reference of the interaction
 * @param overAt when that day was over, ISO 8601; undefined where it is not
 * @throws ItacaError `refused` where nobody asked
 */
export function confirming(
  agreement: Agreement,
  step: By,
  {
    confirmation,
    effective,
    overAt,
  }: { confirmation: string; effective: string; overAt: string | undefined },
): AgreementStep {
  const { state, history } = agreement;
  if (!isCancelling(state)) throw notAsked(agreement);
  const set = { confirmation, effective_at: effective };
  const why = confirmation;
  const last = history?.findLast(({ to }) => to !== undefined)?.at;
  // Who confirms the end has acknowledged the request.
  const acknowledged: Move[] =
    state === 'cancel_requested' ? [[state, 'cancel_acknowledged', { ...step, why }]] : [];
  const ended: Move[] =
    overAt === undefined || state === 'terminated'
      ? []
      : [['cancel_acknowledged', 'terminated', { ...step, at: latest(step.at, overAt, last), why }]];
  return moves(history, [...acknowledged, ...ended], set);
}

/** Ends an agreement whose end is confirmed in writing and whose day of effect is over. */
export function ending({ history }: Agreement, step: By): AgreementStep {
  const last = history?.findLast(({ to }) => to !== undefined)?.at;
  return moves(history, [['cancel_acknowledged', 'terminated', { ...step, at: latest(step.at, last) }]]);
}

function latest(first: string, ...others: (string | undefined)[]): string {
  return others.reduce<string>((at, one) => (isBefore(at, one) ? (one as string) : at), first);
}

type Move = [from: Agreement['state'], to: Agreement['state'], By];

function moves(
  history: Agreement['history'] = [],
  steps: readonly Move[],
  set: Partial<Agreement> = {},
): AgreementStep {
  const last = history.findLast(({ to }) => to !== undefined);
  for (const [, , { at }] of steps)
    if (isBefore(at, last?.at))
      throw new ItacaError('usage', `it was ${last?.to?.replaceAll('_', ' ')} later, on ${last?.at}`, {
        hint: 'it counts from the time of what it rests on: name what came later, or correct its time',
      });
  const to = steps.at(-1)?.[1];
  return {
    set: { ...(to === undefined ? {} : { state: to }), ...set },
    append: {
      history: steps.map(([from, to, { at, by, why }]) => ({
        at,
        by,
        from,
        to,
        ...(why === undefined ? {} : { why }),
      })),
    },
  };
}

function notAsked({ state, number }: Agreement): ItacaError {
  return new ItacaError('refused', `nobody has asked to end it: it is ${state}`, {
    hint: `put the request on file first: itaca agreement cancel ${number ?? '<agreement>'} --in <interaction>`,
  });
}
