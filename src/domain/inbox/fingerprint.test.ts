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

it('goes by sender, date and subject where there is no Message-ID', () => {
  const { messageId: _, ...bare } = mail;
  const text = 'a: b\n\nDear all';
  expect(key(text, bare)).toBe(key(text, { ...bare, from: [{ name: 'M', address: 'mario@example.it' }] }));
  expect(key(text, bare)).not.toBe(key(text, { ...bare, subject: 'Bye' }));
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
