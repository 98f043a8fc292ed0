import { isoInstant } from '../time/clock.js';

/** So many characters of a calendar are read. */
const longest = 256 * 1024;

/** What a calendar's method does (RFC 5546, 1.4). */
const methods: Readonly<Record<string, string>> = {
  REQUEST: 'invitation',
  PUBLISH: 'event',
  REPLY: 'reply to an invitation',
  CANCEL: 'called off',
  COUNTER: 'another proposal',
  DECLINECOUNTER: 'proposal declined',
  REFRESH: 'asks for the invitation again',
  ADD: 'more of an event',
};

/** What somebody answered (RFC 5545, 3.2.12). */
const answers: Readonly<Record<string, string>> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'perhaps',
  DELEGATED: 'delegated',
};

/**
 * What the first event of a calendar says (RFC 5545), for people: what is asked or answered, what it is, when and where.
 * @returns empty for what holds no event
 */
export function inviteText(calendar: string, timeZone: string): string {
  const unfolded = calendar.slice(0, longest).replace(/\r?\n[ \t]/g, '');
  let method = '';
  let depth = 0;
  const event = new Map<string, { value: string; parameters: string }>();
  for (const line of unfolded.split(/\r?\n/)) {
    const [, name = '', parameters = '', value = ''] =
      /^([\w-]+)((?:;[^:"]*(?:"[^"]*"[^:"]*)*)?):(.*)$/.exec(line) ?? [];
    const property = name.toUpperCase();
    if (property === 'METHOD') method ||= value.trim().toUpperCase();
    else if (property === 'BEGIN' && (depth > 0 || /^V(?:EVENT|TODO)\s*$/i.test(value))) depth++;
    else if (property === 'END' && depth > 0 && --depth === 0) break;
    // What lies deeper, such as an alarm, has a description of its own.
    else if (depth === 1 && !event.has(property)) event.set(property, { value, parameters });
  }
  if (event.size === 0) return '';
  const of = (name: string) => plain(event.get(name)?.value ?? '');
  const status =
    /;PARTSTAT=([\w-]+)/i.exec(event.get('ATTENDEE')?.parameters ?? '')?.[1]?.toUpperCase() ?? '';
  const start = event.get('DTSTART');
  const lines: [string, string][] = [
    [methods[method] ?? 'event', of('SUMMARY')],
    ['answer', method === 'REPLY' || method === 'COUNTER' ? (answers[status] ?? status.toLowerCase()) : ''],
    ['when', start ? timeOf(start.value.trim(), start.parameters, timeZone) : ''],
    ['where', of('LOCATION')],
    ['comment', of('COMMENT')],
  ];
  return lines.flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`])).join('\n');
}

/** A value of text without its escapes (RFC 5545, 3.3.11), on one line. */
function plain(value: string): string {
  return value
    .replace(/\\([\s\S])/g, (_, sign: string) => (/n/i.test(sign) ? ' ' : sign))
    .replace(/\s+/g, ' ')
    .trim();
}

/** A time as it is meant: an instant in the zone of the workspace, else as it stands there with the zone that it names. */
function timeOf(value: string, parameters: string, timeZone: string): string {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$/.exec(value);
  if (!match) return plain(value);
  const [, year, month, day, hour, minute, second = '00', utc] = match;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return date;
  const instant = Date.parse(`${date}T${hour}:${minute}:${second}Z`);
  if (utc && !Number.isNaN(instant)) return isoInstant(instant, timeZone);
  const zone = /;TZID="?([^";:]+)/i.exec(parameters)?.[1];
  return [`${date}T${hour}:${minute}:${second}`, zone].filter(Boolean).join(' ');
}
