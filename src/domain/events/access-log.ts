/** One request, as a web server writes it down. */
export interface Request {
  /** Epoch milliseconds. */
  at: number;
  method: string;
  /** Path and query, as they were asked for. */
  target: string;
  status: number;
  agent: string | undefined;
}

/** The combined log format of Apache and nginx; what is quoted may hold escaped quotation marks. */
const combined =
  /^\S+ \S+ [^[]*\[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\] "((?:[^"\\]|\\.)*)" (\d{3}) (?:\d+|-)(?: "(?:[^"\\]|\\.)*" "((?:[^"\\]|\\.)*)")?/;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Longer lines are no requests of a reader. */
const longest = 16_384;

/** A line of an access log in the combined (or common) format; undefined where it is none. */
export function parseRequest(line: string): Request | undefined {
  const match = line.length > longest ? null : combined.exec(line);
  if (!match) return undefined;
  const [, day, month = '', year, hour, minute, second, sign, zoneHours, zoneMinutes, request, status] =
    match;
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  const wall = [Number(year), months.indexOf(month), Number(day)] as const;
  const at = Date.UTC(...wall, Number(hour), Number(minute), Number(second)) - offset;
  if (Number.isNaN(at) || wall[1] < 0) return undefined;
  const [method = '', target = ''] = unescaped(request ?? '').split(' ');
  const agent = unescaped(match[12] ?? '-');
  return {
    at,
    method,
    target,
    status: Number(status),
    agent: agent === '-' || agent === '' ? undefined : agent,
  };
}

/** `\"` of Apache, `\x22` of nginx. */
function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9A-Fa-f]{2})|(.))/g, (_, hex?: string, one?: string) =>
    hex === undefined ? (one ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
