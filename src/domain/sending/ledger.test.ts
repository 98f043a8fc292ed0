import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type IntentLine, type JournalLine, parseLine, withId } from './journal-line.js';
import { SendLedger } from './ledger.js';

const at = '2026-11-24T10:00:00Z';

function intentOf(address: string, token: string): IntentLine {
  const draft = {
    event: 'intent' as const,
    at,
    message_id: '<m@x>',
    contact: 'n',
    address,
    token,
    transport: 'smtp',
  };
  return withId(draft);
}

function outcomeOf(intent: IntentLine, event: 'sent' | 'rejected' | 'deferred' | 'unknown'): JournalLine {
  return withId({ event, at, intent: intent.id, message_id: intent.message_id, address: intent.address });
}

const lines = fc
  .array(
    fc.tuple(
      fc.constantFrom('a', 'b'),
      fc.array(fc.constantFrom('sent', 'rejected', 'deferred', 'unknown') as fc.Arbitrary<'sent'>, {
        maxLength: 3,
      }),
    ),
    { maxLength: 5 },
  )
  .map((tries) =>
    tries.flatMap(([address, events], index) => {
      const intent = intentOf(address, String(index));
      return [intent, ...events.map((event) => outcomeOf(intent, event))];
    }),
  );

it('says the same whatever the order, and however often a line comes', () => {
  fc.assert(
    fc.property(lines, fc.array(fc.nat()), (all, order) => {
      const inOrder = new SendLedger();
      for (const line of all) inOrder.add(line);
      const shuffled = new SendLedger();
      const keyed = [...all, ...all].map((line, index) => ({
        line,
        key: order[index % Math.max(1, order.length)] ?? index,
      }));
      for (const { line } of keyed.sort((x, y) => x.key - y.key)) shuffled.add(line);
      for (const address of ['a', 'b'])
        expect(shuffled.get(address)?.state).toBe(inOrder.get(address)?.state);
      expect(shuffled.orphans).toBe(0);

      // Whoever got a message once has got it, and whoever is in doubt is in doubt, whatever was tried after.
      for (const { event, address } of all) {
        if (event === 'sent') expect(inOrder.get(address)?.state).toBe('sent');
      }
    }),
  );
});

it('evidence resolves a doubt, and a second try does not hide a first one in doubt', () => {
  const ledger = new SendLedger();
  const first = intentOf('a', '1');
  ledger.add(first);
  ledger.add(outcomeOf(first, 'unknown'));
  const second = intentOf('a', '2');
  ledger.add(second);
  ledger.add(outcomeOf(second, 'deferred'));
  expect(ledger.get('a')?.state).toBe('unknown');
  ledger.add(outcomeOf(first, 'deferred'));
  expect(ledger.get('a')?.state).toBe('deferred');
});

it('an outcome whose intent is missing shows that a journal is', () => {
  const ledger = new SendLedger();
  ledger.add(outcomeOf(intentOf('a', '1'), 'sent'));
  expect(ledger.orphans).toBe(1);
  expect([...ledger.records()]).toEqual([]);
});

it('a line knows itself', () => {
  const line = intentOf('a', '1');
  expect(parseLine(JSON.stringify(line))).toEqual(line);
  expect(parseLine(JSON.stringify({ ...line, address: 'b' }))).toContain('changed');
  expect(parseLine('{')).toContain('not JSON');
  expect(parseLine('3')).toContain('not an object');
  expect(parseLine('{}')).toContain('no id');
});
