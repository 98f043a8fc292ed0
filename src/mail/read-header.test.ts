import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeMail } from './compose-mail.js';
import { readHeader } from './read-header.js';

const parts = {
  messageId: '<a@example.org>',
  from: { name: 'A', address: 'a@example.org' },
  to: { name: 'B', address: 'b@example.org' },
  text: 'Hello\n',
  date: 0,
  headers: {},
  sender: 'a@example.org',
};

describe('a header', () => {
  it('reads as it was written, in any script and of any length', async () => {
    const subject = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(subject, async (text) => {
        const plain = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
        fc.pre(plain !== '' && !plain.includes('=?'));
        const { raw } = await composeMail({ ...parts, subject: plain });
        expect(readHeader(raw, 'subject')?.replace(/\s+/g, ' ')).toBe(plain);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['Subject: =?ISO-8859-1?Q?Gr=FC=DFe_an?=\r\n =?iso-8859-1?Q?_alle?=\r\n\r\n', 'Grüße an alle'],
    ['X: y\nsubject:\n =?UTF-8?B?Y2lhbw==?= mondo\n\nSubject: no', 'ciao mondo'],
    ['Subject: =?x-unknown?B?Y2lhbw==?=\r\n\r\n', '=?x-unknown?B?Y2lhbw==?='],
    ['X-Subject: no\r\n\r\nSubject: body', undefined],
    ['', undefined],
  ])('%j', (raw, value) => expect(readHeader(Buffer.from(raw), 'Subject')).toBe(value));

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readHeader(Buffer.from(bytes), 'subject')));
  });
});
