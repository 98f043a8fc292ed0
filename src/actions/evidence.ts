import type { IntentLine } from '../domain/sending/journal-line.js';
import type { SendLedger } from '../domain/sending/ledger.js';
import type { Outcome, Transport } from '../mail/transport.js';

/** Looks for proof of what became of a message in doubt; undefined where there is none. */
export type Evidence = (intent: IntentLine) => Promise<Outcome | undefined>;

/** So many messages, the last that were handed over, must still be there for an absence to count. */
const witnesses = 20;

/**
 * The evidence a transport itself can give.
 *
 * A message it holds was sent. One it does not hold never got there, provided that nothing was taken out since: so
 * the last ones that did get there must still be in it, unless it keeps all for good.
 */
export function evidenceOf(transport: Transport, ledger: SendLedger): Evidence {
  const { name, holds, keepsAll } = transport;
  if (holds === undefined) return async () => undefined;
  let untouched: Promise<boolean> | undefined;

  const isUntouched = async () => {
    const handedOver = [...ledger.records()]
      .filter(({ state, intent }) => state === 'sent' && intent.transport === name)
      .sort((a, b) => (a.intent.at < b.intent.at ? 1 : -1))
      .slice(0, witnesses);
    for (const { intent } of handedOver) if (!(await holds(intent.message_id))) return false;
    return handedOver.length > 0;
  };

  return async (intent) => {
    if (intent.transport !== name) return undefined;
    const held = await holds(intent.message_id);
    if (held === true) return { state: 'sent', reply: `found in the ${name}` };
    if (held === undefined) return undefined;
    untouched ??= keepsAll ? Promise.resolve(true) : isUntouched();
    return (await untouched) ? { state: 'deferred', reply: `it never reached the ${name}` } : undefined;
  };
}
