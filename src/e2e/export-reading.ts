/** The events of an iCalendar file, each by its property lines. */
export function feedCalendar(text: string): Record<string, string>[] {
  const lines = text.replaceAll('\r\n ', '').split('\r\n');
  const events: Record<string, string>[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (line === 'BEGIN:VEVENT') events.push({});
    else if (events.length > 0)
      (events.at(-1) as Record<string, string>)[line.slice(0, colon)] ??= line.slice(colon + 1);
  }
  return events;
}
