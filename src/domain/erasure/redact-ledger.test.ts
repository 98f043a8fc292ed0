import { describe, expect, it } from 'vitest';
import { parseLine, withId } from '../sending/journal-line.js';
import { SendLedger } from '../sending/ledger.js';
import { LedgerRedactor } from './redact-ledger.js';

const mario = 'k3f9w2q8ab';
const redactor = () =>
  new LedgerRedactor({
    contacts: new Set([mario]),
    bare: new Set([mario]),
    redact: (text) => text.replaceAll('Mario Rossi', '(erased)'),
    pseudonym: (address) => (address === 'mario@example.it' ? 'erased-1@erased.invalid' : undefined),
    messages: new Set(['m1']),
  });

const intent = (contact: string, address: string) =>
  withId({
    event: 'intent' as const,
    at: '2026-11-20T10:00:00Z',
    message_id: `${address}.x`,
    contact,
    address,
    token: 't',
    transport: 'outbox',
  });
const text = (...lines: object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const linesOf = (ledger: string) =>
  ledger
    .split('\n')
    .filter(Boolean)
    // biome-ignore lint/suspicious/noExplicitAny: a test reads into it
    .map((line) => parseLine<any>(line));

describe('a ledger without a person', () => {
  const his = intent(`mario-rossi-${mario}`, 'mario@example.it');
  const hers = intent('anna-2s8hbhmhza', 'anna@example.it');
  const sent = (of: typeof his) =>
    withId({
      event: 'sent' as const,
      at: of.at,
      intent: of.id,
      message_id: of.message_id,
      address: of.address,
      reply: 'ok',
    });

  it('is sound, and adds up as before, though an outcome stands in another file than its intent', () => {
    const [first, second] = [text(his, hers), text(sent(his), sent(hers))];
    const one = redactor();
    one.learn(second);
    one.learn(first);
    const lines = [...linesOf(one.redact(second)), ...linesOf(one.redact(first))];
    const ledger = new SendLedger();
    for (const line of lines) ledger.add(line);
    expect([...ledger.records()].map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(ledger.orphans).toBe(0);
    expect(ledger.get('erased-1@erased.invalid')?.intent.contact).toBe(mario);
    expect(JSON.stringify(lines)).not.toMatch(/mario-|mario@example\.it"/);
    expect(one.redact(first).split('\n')[1]).toBe(first.split('\n')[1]);
  });

  it('is the same after a second time, and a line that stands twice then stands once', () => {
    const one = redactor();
    const ledger = text(his, hers);
    one.learn(ledger);
    const after = one.redact(ledger);
    expect(redactor().redact(after)).toBe(after);
    const both = `${after}${text(his)}`;
    expect(linesOf(one.redact(both))).toEqual(linesOf(after));
  });

  it('spells no address of his, and tells its lines apart as before', () => {
    const lines = [
      withId({ event: 'recipient', contact: mario, name: 'M. R.', address: 'Via Unica 99, 26013 Crema' }),
      withId({ event: 'intent', contact: mario, address: `letter:${'0a'.repeat(16)}` }),
      withId({ event: 'recipient', contact: '2s8hbhmhza', address: 'Via Unica 1, 26013 Crema' }),
    ];
    expect(linesOf(redactor().redact(text(...lines)))).toMatchObject([
      { name: '(erased)', address: '(erased)' },
      lines[1] as object,
      lines[2] as object,
    ]);
  });

  it('keeps what a crash cut off, and the account of a message that came in', () => {
    const received = withId({
      event: 'received',
      message: 'm1',
      path: 'attachments/mail/m1.eml',
      why: 'Mario Rossi asks',
      n: 3,
    });
    const [line] = linesOf(redactor().redact(text(received)));
    expect(line).toMatchObject({ event: 'received', message: 'm1', path: 'erased', n: 3 });
    expect(redactor().redact('{"id":"x","ev')).toBe('{"id":"x","ev');
  });
});
