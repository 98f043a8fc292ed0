/** A line of an iCalendar file, put together where it was folded. */
export interface FeedLine {
  /** From 1. */
  line: number;
  /** In capitals. */
  name: string;
  /** `TZID` → `Europe/Rome`; names in capitals. */
  parameters: ReadonlyMap<string, string>;
  value: string;
  text: string;
}

/** Something wrong in an iCalendar file. */
export interface FeedFault {
  /** From 1. */
  line: number;
  message: string;
  hint?: string;
}

/** The events of an iCalendar file, each as the lines between its BEGIN and END. */
export interface FeedText {
  events: { line: number; lines: FeedLine[] }[];
  faults: FeedFault[];
}

/** A calendar of closures has some kilobytes; what is larger than this is another thing. */
const largest = 5_000_000;

/**
 * Takes an iCalendar file (RFC 5545) apart as far as its events, and finds what is wrong with its frame: lines that are
 * none, components that do not end. What stands in an event is read by `loadFeed`.
 */
export function splitFeed(text: string): FeedText {
  if (text.length > largest)
    return {
      events: [],
      faults: [{ line: 1, message: 'the file is too large: 5 million characters at most' }],
    };
  const events: FeedText['events'] = [];
  const faults: FeedFault[] = [];
  const open: { name: string; line: number }[] = [];
  let event: FeedText['events'][number] | undefined;
  for (const folded of unfold(text)) {
    const line = propertyOf(folded);
    if (open.length === 0 && (line?.name !== 'BEGIN' || line.value.toUpperCase() !== 'VCALENDAR')) {
      faults.push({ line: folded.line, message: 'this is no iCalendar file: expected BEGIN:VCALENDAR here' });
      return { events, faults };
    }
    if (!line) {
      const message = `"${folded.text.slice(0, 40)}" is no line of an iCalendar file: expected NAME:value`;
      faults.push({ line: folded.line, message });
    } else if (line.name === 'BEGIN') {
      open.push({ name: line.value.toUpperCase(), line: line.line });
      if (open.length === 2 && open[1]!.name === 'VEVENT') event = { line: line.line, lines: [] };
    } else if (line.name === 'END') {
      const begun = open.pop()!;
      if (begun.name !== line.value.toUpperCase()) {
        const message = `END:${line.value} ends BEGIN:${begun.name} of line ${begun.line}`;
        faults.push({ line: line.line, message });
        return { events, faults };
      }
      if (open.length === 1 && event) {
        events.push(event);
        event = undefined;
      }
    } else if (open.length === 2) {
      // What stands deeper, such as an alarm, closes nothing.
      event?.lines.push(line);
    }
  }
  const left = open.at(-1);
  if (left) faults.push({ line: left.line, message: `BEGIN:${left.name} has no END:${left.name}` });
  else if (faults.length === 0 && !/\S/.test(text)) faults.push({ line: 1, message: 'the file is empty' });
  return { events, faults };
}

function* unfold(text: string): Generator<{ line: number; text: string }> {
  let current: { line: number; text: string } | undefined;
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (current && /^[ \t]/.test(line)) current.text += line.slice(1);
    else {
      if (current) yield current;
      current = line.trim() === '' ? undefined : { line: index + 1, text: line };
    }
  }
  if (current) yield current;
}

function propertyOf({ line, text }: { line: number; text: string }): FeedLine | undefined {
  const [, name, rest, value] = /^([A-Za-z0-9-]+)((?:;[^=:;]+=(?:"[^"]*"|[^":;]*))*):(.*)$/.exec(text) ?? [];
  if (name === undefined || rest === undefined || value === undefined) return undefined;
  const parameters = new Map(
    [...rest.matchAll(/;([^=]+)=(?:"([^"]*)"|([^";]*))/g)].map(([, key, quoted, plain]) => [
      key!.toUpperCase(),
      quoted ?? plain ?? '',
    ]),
  );
  return { line, name: name.toUpperCase(), parameters, value: value.trim(), text };
}
