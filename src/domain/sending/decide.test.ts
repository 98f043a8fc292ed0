import { describe, expect, it } from 'vitest';
import { type Decision, inDoubt, outcomesOf } from './decide.js';
import { type IntentLine, withId } from './journal-line.js';
import { SendLedger } from './ledger.js';

const intent = (address: string, token: string): IntentLine =>
  withId({
    event: 'intent' as const,
    at: '2026-11-20T10:00:00Z',
    message_id: `<${address}>`,
    contact: 'p-aaaaaaaaaa',
    address,
    token,
    transport: 'smtp',
  });

function ledgerOf(...intents: IntentLine[]): SendLedger {
  const ledger = new SendLedger();
  for (const line of intents) ledger.add(line);
  return ledger;
}

const decide = (sent: boolean): Decision => ({
  address: 'a@example.org',
  sent,
  by: 'anna',
  why: 'he has it',
});

describe('a decision about a message in doubt', () => {
  it.each([
    [true, 'sent'],
    [false, 'deferred'],
  ] as const)('that says %s makes it %s, of every copy that was begun', (sent, state) => {
    const ledger = ledgerOf(
      intent('a@example.org', 't1'),
      intent('a@example.org', 't2'),
      intent('b@example.org', 't3'),
    );
    const outcomes = outcomesOf(ledger, [decide(sent)], '2026-11-21T10:00:00Z');
    expect(outcomes).toHaveLength(2);
    expect(outcomes[0]).toMatchObject({ event: state, by: 'anna', why: 'he has it' });
    for (const outcome of outcomes) ledger.add(withId(outcome));
    expect(ledger.get('a@example.org')?.state).toBe(state);
    expect(ledger.get('b@example.org')?.state).toBe('unknown');
    expect(inDoubt(ledger, 'a@example.org')).toEqual([]);
  });

  it('says nothing about what is certain', () => {
    const line = intent('a@example.org', 't1');
    const ledger = ledgerOf(line);
    const { id, message_id, address } = line;
    ledger.add(
      withId({ event: 'rejected' as const, at: '2026-11-20T10:00:01Z', intent: id, message_id, address }),
    );
    expect(outcomesOf(ledger, [decide(false)], '2026-11-21T10:00:00Z')).toEqual([]);
  });
});
