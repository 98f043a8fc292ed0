import type { IntentLine, OutcomeLine } from './journal-line.js';
import type { SendLedger } from './ledger.js';

/** What a person says became of a message in doubt. */
export interface Decision {
  /** Canonical. */
  address: string;
  /** Of a sequence; absent for a campaign of one message. */
  step?: string;
  sent: boolean;
  by: string;
  why?: string;
}

/** All messages to an address that are in doubt: two clones may each have begun one. */
export function inDoubt(ledger: SendLedger, address: string, step?: string): IntentLine[] {
  return [...ledger.intentsTo(address, step)]
    .filter(({ outcome }) => (outcome?.event ?? 'unknown') === 'unknown')
    .map(({ intent }) => intent);
}

/**
 * The outcomes that decisions make. One that did not leave is deferred: the next `campaign send` may try it again.
 * @param at ISO 8601
 */
export function outcomesOf(
  ledger: SendLedger,
  decisions: readonly Decision[],
  at: string,
): Omit<OutcomeLine, 'id'>[] {
  return decisions.flatMap(({ address, step, sent, by, why }) =>
    inDoubt(ledger, address, step).map((intent) => ({
      event: sent ? ('sent' as const) : ('deferred' as const),
      at,
      intent: intent.id,
      message_id: intent.message_id,
      address,
      by,
      ...(why === undefined ? {} : { why }),
    })),
  );
}
