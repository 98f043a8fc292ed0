import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messageKey } from './fingerprint.js';

const from = [{ name: '', address: 'Mario@Example.it' }];
const mail = { messageId: '<1@example.it>', from, date: 1, subject: 'Hello' };
const key = (text: string, message: Parameters<typeof messageKey>[0] = mail) =>
  messageKey(message, Buffer.from(text));

it('is the same whatever servers add to the header, and however lines end', () => {
  const first = key('Subject: Hello\n\nDear all\n.\n');
  expect(key('Received: from a\r\nSubject: Hello\r\n\r\nDear all\r\n.\r\n\r\n')).toBe(first);
  expect(key('Subject: Hello\r\rDear all\r.')).toBe(first);
});

it('tells another body apart under the same Message-ID', () => {
  expect(key('a: b\n\nDear all')).not.toBe(key('a: b\n\nDear nobody'));
});

it('tells another sender, date or subject apart under the same Message-ID', () => {
  const text = 'a: b\n\nDear all';
  expect(key(text, { ...mail, from: [{ name: 'M', address: 'mario@example.it' }] })).toBe(key(text));
  for (const other of [{ date: 2 }, { subject: 'Bye' }, { from: [] }])
    expect(key(text, { ...mail, ...other })).not.toBe(key(text));
});

it('goes by all that is there without a Message-ID, be it no header at all', () => {
  const { messageId: _, ...bare } = mail;
  expect(key('first\n\nsame', bare)).not.toBe(key('second\n\nsame', bare));
  expect(key('first\r\n\r\nsame\r\n', bare)).toBe(key('first\n\nsame', bare));
});

it('does not depend on where a line is cut in memory', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('\n', '\r\n', 'a', 'b'), { maxLength: 40 }), (parts) => {
      const body = `x${'y'.repeat(65_530)}${parts.join('')}`;
      expect(key(`a: b\n\n${body}`)).toBe(key(`a: b\r\n\r\n${body.replace(/\r\n/g, '\n')}`));
    }),
    { numRuns: 50 },
  );
});
