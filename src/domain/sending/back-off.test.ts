import { expect, it } from 'vitest';
import { nextTry } from './back-off.js';
import { type IntentLine, withId } from './journal-line.js';
import { SendLedger } from './ledger.js';

const address = 'a@example.org';
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 20) + minutes * 60_000).toISOString();

/** A ledger of tries that were put off, by the minutes they were made at. */
function tried(...minutes: number[]): SendLedger {
  const ledger = new SendLedger();
  for (const [number, one] of minutes.entries()) {
    const intent: IntentLine = withId({
      event: 'intent' as const,
      at: at(one),
      message_id: '<m@x>',
      contact: 'c',
      address,
      token: String(number),
      transport: 'smtp',
    });
    ledger.add(intent);
    ledger.add(
      withId({ event: 'deferred' as const, at: at(one), intent: intent.id, message_id: '<m@x>', address }),
    );
  }
  return ledger;
}

it.each([
  [[0], 4, 'wait'],
  [[0], 5, 'try'],
  [[0, 5], 19, 'wait'],
  [[0, 5], 20, 'try'],
  [[0, 5, 20], 79, 'wait'],
  [[0, 5, 20], 80, 'try'],
  [[0, 5, 20, 80], 319, 'wait'],
  [[0, 5, 20, 80, 320], 560, 'try'],
  [[0, 7000], 7199, 'try'],
  [[0, 7199], 7200, 'give up'],
] as const)('tried at minutes %j, at minute %d: %s', (minutes, now, next) => {
  const ledger = tried(...minutes);
  expect(nextTry(ledger, ledger.get(address)!, Date.parse(at(now)))).toBe(next);
});
