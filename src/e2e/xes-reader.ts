/** A log as these tests read it, by means of their own: what the program writes must not be read by the program alone. */
export interface ReadLog {
  extensions: string[];
  traces: { attributes: Record<string, string>; events: Record<string, string>[] }[];
}

/** Reads XES. Throws where tags do not match. */
export function readLog(xml: string): ReadLog {
  const log: ReadLog = { extensions: [], traces: [] };
  const open: string[] = [];
  for (const [tag, closing, name = '', written = ''] of xml.matchAll(
    /<(\/?)([A-Za-z]+)((?:\s+[\w:.]+="[^"<]*")*)\s*\/?>/g,
  )) {
    if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes something else`);
      continue;
    }
    const attributes = Object.fromEntries(
      [...written.matchAll(/([\w:.]+)="([^"]*)"/g)].map(([, key, value]) => [
        key,
        unescaped(value as string),
      ]),
    ) as Record<string, string>;
    const { key = '', value = '', prefix = '' } = attributes;
    const trace = log.traces.at(-1);
    if (name === 'extension') log.extensions.push(prefix);
    else if (name === 'trace') log.traces.push({ attributes: {}, events: [] });
    else if (name === 'event') trace?.events.push({});
    else if (open.at(-1) === 'trace') trace!.attributes[key] = value;
    else if (open.at(-1) === 'event') trace!.events.at(-1)![key] = value;
    if (!tag.endsWith('/>')) open.push(name);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is never closed`);
  return log;
}

/** The traces with what every log says of an event: name, moment in UTC, who. */
export function tracesOf(xml: string): { name: string | undefined; events: (string | undefined)[][] }[] {
  return readLog(xml).traces.map(({ attributes, events }) => ({
    name: attributes['concept:name'],
    events: events.map((event) => [
      event['concept:name'],
      new Date(event['time:timestamp'] as string).toISOString(),
      event['org:resource'],
    ]),
  }));
}

const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_all, hex, decimal, name) =>
    name ? (signs[name] as string) : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
}
