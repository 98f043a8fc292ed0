import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitFeed } from './feed-text.js';
import { type IcsEvent, writeIcs } from './ics-writer.js';

const stamp = Date.parse('2026-11-20T10:00:00Z');

/** What a reader makes of an escaped text (RFC 5545, 3.3.11). */
const plain = (value: string) =>
  value.replace(/\\([\\;,nN])/g, (_, one: string) => (/n/i.test(one) ? '\n' : one));

/** A text as it comes through: without control characters, with one kind of line end. */
const arrived = (text: string) =>
  text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ');

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', minLength: 60, maxLength: 200 }),
  fc
    .array(
      fc.constantFrom('\r', '\n', ' ', '\\', ';', ',', ':', 'END:VEVENT', 'è', '🎈', '"', 'n', '\ud800'),
      {
        maxLength: 80,
      },
    )
    .map((parts) => parts.join('')),
);

const event: fc.Arbitrary<IcsEvent> = fc.record({
  uid: nasty.map((text) => `u${text}`),
  start: fc.oneof(
    fc.constantFrom('2026-11-20', '2028-02-29'),
    fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59Z') }),
  ),
  // The reader takes away the space around a value.
  summary: nasty.map((text) => `[${text}]`),
  description: nasty,
});

describe('an iCalendar file', () => {
  it('is read as it was written, whatever the texts say', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 5 }), (events) => {
        const { events: read, faults } = splitFeed(writeIcs(events, stamp));
        expect(faults).toEqual([]);
        expect(read).toHaveLength(events.length);
        for (const [i, { lines }] of read.entries()) {
          const names = lines.map(({ name }) => name);
          expect(names).toEqual(['UID', 'DTSTAMP', 'DTSTART', 'SUMMARY', 'DESCRIPTION', 'TRANSP']);
          const value = (name: string) => plain(lines.find((line) => line.name === name)?.value ?? '');
          expect(value('SUMMARY')).toBe(arrived(events[i]?.summary ?? ''));
          expect(value('DTSTAMP')).toBe('20261120T100000Z');
        }
      }),
    );
  });

  it('has lines of at most 75 octets that end with CRLF, and cuts no character', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 3 }), (events) => {
        const text = writeIcs(events, stamp);
        expect(text.endsWith('\r\n')).toBe(true);
        const bytes = Buffer.from(text);
        expect(bytes.toString()).toBe(text);
        for (const line of text.slice(0, -2).split('\r\n')) {
          expect(line).not.toMatch(/[\r\n]/);
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/\p{Surrogate}/u);
        }
      }),
    );
  });

  it('tells days from times, and escapes what would be syntax', () => {
    const text = writeIcs(
      [
        { uid: 'a', start: '2026-11-24', summary: 'x; y, z\\', description: 'one\r\nEND:VEVENT\ntwo' },
        { uid: 'b', start: Date.parse('2026-11-24T09:00:00+01:00'), summary: 's', description: '' },
      ],
      stamp,
    );
    expect(text).toContain('\r\nDTSTART;VALUE=DATE:20261124\r\nSUMMARY:x\\; y\\, z\\\\\r\n');
    expect(text).toContain('\r\nDESCRIPTION:one\\nEND:VEVENT\\ntwo\r\n');
    expect(text).toContain('\r\nDTSTART:20261124T080000Z\r\n');
    expect(text).toMatch(
      /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:.+\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n/,
    );
  });

  it('without an event is a calendar all the same', () => {
    expect(splitFeed(writeIcs([], stamp))).toEqual({ events: [], faults: [] });
  });
});
