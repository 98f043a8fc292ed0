import { foldLine } from './fold-line.js';

/** An event of an iCalendar file. All texts are as they are; the writer makes them safe. */
export interface IcsEvent {
  /** The same for the same thing in every file. */
  uid: string;
  /** `YYYY-MM-DD` for a whole day, else epoch milliseconds. */
  start: string | number;
  /** Epoch milliseconds, of what takes up time. */
  end?: number;
  /** How it comes again, as RFC 5545 writes it (3.3.10), such as `FREQ=YEARLY`. */
  rule?: string;
  summary: string;
  description: string;
}

/**
 * Writes an iCalendar file (RFC 5545), for calendars to show. What has no end takes up no time in it.
 * @param stamp when the file is made, epoch milliseconds
 * @returns the text, each line ended by CRLF
 */
export function writeIcs(events: readonly IcsEvent[], stamp: number): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Itaca//due//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...events.flatMap(({ uid, start, end, rule, summary, description }) => [
      'BEGIN:VEVENT',
      `UID:${textValue(uid)}`,
      `DTSTAMP:${utc(stamp)}`,
      typeof start === 'number' ? `DTSTART:${utc(start)}` : `DTSTART;VALUE=DATE:${start.replaceAll('-', '')}`,
      ...(end === undefined ? [] : [`DTEND:${utc(end)}`]),
      ...(rule === undefined ? [] : [`RRULE:${rule}`]),
      `SUMMARY:${textValue(summary)}`,
      `DESCRIPTION:${textValue(description)}`,
      `TRANSP:${end === undefined ? 'TRANSPARENT' : 'OPAQUE'}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join('');
}

/** A text as a value (RFC 5545, 3.3.11): no line of a record can become a line of the file. */
function textValue(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n');
}

function utc(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
