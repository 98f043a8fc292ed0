const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `Thu Sep 18 17:54:04 2008`, also with a zone before or behind the year, at the end of the line. */
const asctime =
  /\b(?:mon|tue|wed|thu|fri|sat|sun),? {1,3}([a-z]{3}) {1,3}(\d{1,2}) {1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ([a-z]{1,5}|[+-]\d{4}))? (\d{4})(?: ([a-z]{1,5}|[+-]\d{4}))? *$/i;

/** Longer ones are no From lines. */
const longest = 1000;

/**
 * Whether a line of an mbox begins a message: it has the date that mail systems write; and it stands under an empty line
 * or on top of a header.
 * @param index of its first byte, which stands behind a line end
 */
export function isFromLine(window: Buffer, index: number): boolean {
  const newline = window.indexOf(10, index);
  const lineEnd = newline < 0 ? window.length : newline;
  if (lineEnd - index > longest) return false;
  const line = window.toString('latin1', index, lineEnd).replace(/\r$/, '');
  if (!asctime.test(line)) return false;
  return isUnderEmptyLine(window, index) || isHeader(window, lineEnd + 1);
}

function isUnderEmptyLine(window: Buffer, index: number): boolean {
  const before = window[index - 2];
  return before === 10 || (before === 13 && window[index - 3] === 10);
}

/** Whether a field of a header stands there, or the quoted From line that some systems put on top of it. */
function isHeader(window: Buffer, index: number): boolean {
  return /^(?:[!-9;-~]{1,76}:|>From )/.test(window.toString('latin1', index, index + 80));
}

/**
 * When a message was delivered, by its From line, in milliseconds since 1970; undefined where it does not say.
 * Without a zone in figures it counts as UTC (RFC 4155).
 */
export function fromLineTime(line: string): number | undefined {
  const [, month = '', day, hour, minute, second = '0', before, year, behind] = asctime.exec(line) ?? [];
  const index = months.indexOf(month.toLowerCase());
  if (index < 0) return undefined;
  const time = Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second));
  const zone = /^([+-])(\d{2})(\d{2})$/.exec(before ?? behind ?? '');
  if (!zone) return time;
  const minutes = Number(zone[2]) * 60 + Number(zone[3]);
  return time - (zone[1] === '-' ? -1 : 1) * minutes * 60_000;
}
