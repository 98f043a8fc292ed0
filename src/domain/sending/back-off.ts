import type { SendLedger, SendRecord } from './ledger.js';

const minute = 60_000;

/** How long a message waits after each try, in milliseconds; the last goes for all that follow. */
const waits = [5 * minute, 15 * minute, 60 * minute, 240 * minute];

/** From the first try on, in milliseconds: RFC 5321, 4.5.4.1 has "at least 4-5 days". */
const giveUpAfter = 5 * 24 * 60 * minute;

/** What to do about a message that a server put off. */
export type NextTry = 'wait' | 'try' | 'give up';

/**
 * Whether a deferred message is to be tried again by itself, by how often it was tried and when.
 * @param record of the address, in state `deferred`
 * @param now epoch milliseconds
 */
export function nextTry(ledger: SendLedger, { intent }: SendRecord, now: number): NextTry {
  const tries = [...ledger.intentsTo(intent.address, intent.step)].map(({ intent: { at }, outcome }) =>
    Date.parse(outcome?.at ?? at),
  );
  if (now - Math.min(...tries) >= giveUpAfter) return 'give up';
  const wait = waits[Math.min(tries.length, waits.length) - 1] ?? 0;
  return now - Math.max(...tries) >= wait ? 'try' : 'wait';
}
