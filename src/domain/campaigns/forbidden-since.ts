import type { Agreement } from '../agreements/agreement.js';
import { isCancelling } from '../agreements/cancellation.js';
import type { Case } from '../cases/case.js';
import { caseEvents } from '../cases/events.js';
import type { Consent } from '../consent/consent.js';
import { standing } from '../consent/standing.js';
import type { Suppression } from '../suppression/suppression.js';

/** What forbade a message when it left. */
export interface Forbidden {
  reason: 'suppressed' | 'consent_withdrawn' | 'agreement_cancelled';
  /** Of the record that says so. */
  ref: string;
  /** When it was said, in epoch milliseconds. */
  since: number;
  detail: string;
}

/** The person a message went to, as he stands on file. */
export interface Addressee {
  /** Of his contact; undefined where it is gone. */
  ref: string | undefined;
  consents: readonly Consent[];
  suppressions: readonly { ref: string; data: Suppression }[];
  agreements: readonly { ref: string; data: Agreement }[];
  /** Cases in which he ends something. */
  cancellations?: readonly { ref: string; data: Case }[] | undefined;
}

export interface Left {
  /** Epoch milliseconds. */
  at: number;
  purpose: string;
  channel: string;
  /** Whether the campaign keeps back those who cancelled an agreement; one about that agreement does not. */
  holdsCancelled: boolean;
}

/**
 * What was said before a message left and forbade it; the first to be said first.
 * @param momentOf the moment a date or time has passed, in epoch milliseconds: what was said on a day forbids from its
 *   end on, for before that nobody knows which came first
 */
export function forbiddenWhenItLeft(
  { ref, consents, suppressions, agreements, cancellations = [] }: Addressee,
  { at, purpose, channel, holdsCancelled }: Left,
  momentOf: (when: string) => number | undefined,
  isPurpose: (purpose: string) => boolean,
): Forbidden[] {
  const found: Forbidden[] = [];
  const add = (reason: Forbidden['reason'], from: string, when: string | undefined, detail: string) => {
    const since = when === undefined ? undefined : momentOf(when);
    if (since !== undefined && since <= at) found.push({ reason, ref: from, since, detail });
  };
  for (const one of suppressions)
    add('suppressed', one.ref, one.data.at, one.data.reason.replaceAll('_', ' '));
  // A yes of a date alone may have come before the message of that day.
  const known = consents.filter(
    (one) =>
      ((one.state === 'given' ? Date.parse(one.at) : momentOf(one.at)) ?? Number.POSITIVE_INFINITY) <= at,
  );
  const over = (when: string) => (momentOf(when) ?? Number.POSITIVE_INFINITY) <= at;
  const stands = standing(known, purpose, channel, over, isPurpose);
  if (stands.state === 'withdrawn' || stands.state === 'refused')
    add('consent_withdrawn', ref ?? '', stands.consent.at, `${stands.state} ${purpose}`);
  if (holdsCancelled) {
    for (const { ref: from, data } of agreements) {
      // Who took his cancellation back could be written to again.
      const moves = (data.history ?? []).filter(
        (one) => one.to !== undefined && (momentOf(one.at) ?? Number.POSITIVE_INFINITY) <= at,
      );
      const last = moves.at(-1);
      if (!isCancelling(last?.to)) continue;
      const back = moves.findLastIndex(({ to }) => !isCancelling(to));
      const number = data.number === undefined ? '' : ` ${data.number}`;
      add('agreement_cancelled', from, moves[back + 1]?.at, `agreement${number}: ${last?.to}`);
    }
  }
  if (holdsCancelled) {
    for (const { ref: from, data } of cancellations) {
      const before = caseEvents(data).filter((one) => one.at <= at);
      const opened = before.findLast(({ kind }) => kind === 'opened' || kind === 'reopened');
      const ended = before.findLast(({ kind }) => kind === 'ended')?.at ?? Number.NEGATIVE_INFINITY;
      if (opened === undefined || ended >= opened.at) continue;
      const detail = `open cancellation: ${data.title}`;
      found.push({ reason: 'agreement_cancelled', ref: from, since: opened.at, detail });
    }
  }
  return found.sort((a, b) => a.since - b.since);
}
