/** A record or an event, as the timeline shows it. */
export interface TimelineEntry {
  at: string;
  what: string;
  text: string;
}

export interface PersonReadme {
  name: string;
  /** ISO 8601. */
  asOf: string;
  /** Who hands it over. */
  by: string | undefined;
  facts: readonly (readonly [key: string, value: string])[];
  consents: readonly (readonly [what: string, wording: string | undefined])[];
  timeline: readonly TimelineEntry[];
  /** Kind → how many. */
  counts: Readonly<Record<string, number>>;
  files: readonly string[];
  /** How many messages of others are left out. */
  ofOthers: number;
  /** Paths of records about others that name him. */
  mentions: readonly string[];
}

/** The page with which a person begins to read what is on file about him, in Markdown. */
export function personReadme(readme: PersonReadme): string {
  const { name, asOf, by, facts, consents, timeline, counts, files, ofOthers, mentions } = readme;
  return [
    `# What is on file about ${oneLine(name)}`,
    `As of ${asOf}${by === undefined ? '' : `, by ${oneLine(by)}`}. (GDPR, articles 15 and 20)`,
    'The same stands in `contact.json`, `records.jsonl` and `ledgers.jsonl`, for machines; `records/` has each record as it is kept, ' +
      '`files/` what was attached and each message as it came. `manifest.json` has the SHA-256 of every file. Other people ' +
      'are called “another person”.',
    '## The person',
    facts.map(([key, value]) => `- ${key}: ${oneLine(value)}`).join('\n'),
    ...(consents.length > 0
      ? [
          '## Consents',
          ...consents.flatMap(([what, wording]) => [
            `- ${oneLine(what)}`,
            ...(wording === undefined ? [] : [quoted(wording)]),
          ]),
        ]
      : []),
    '## In the order of time',
    ...(timeline.length === 0 ? ['Nothing.'] : []),
    ...timeline.flatMap(({ at, what, text }) => [
      `### ${at === '' ? 'Without a date:' : at} ${oneLine(what)}`,
      ...(text.trim() === '' ? [] : [quoted(text)]),
    ]),
    '## How much',
    Object.entries(counts)
      .map(([kind, count]) => `- ${kind}: ${count}`)
      .join('\n'),
    ...(files.length > 0 ? ['## Files', files.map((file) => `- files/${oneLine(file)}`).join('\n')] : []),
    ...(ofOthers > 0
      ? [
          `Left out: ${ofOthers} ${ofOthers === 1 ? 'message' : 'messages'} that other people wrote and that are filed with this person; they are theirs.`,
        ]
      : []),
    ...(mentions.length > 0
      ? [
          '## Where else the person is named',
          'These records are about others, who have a right to them; they name this person, and what they say is told on request.',
          mentions.map((path) => `- ${oneLine(path)}`).join('\n'),
        ]
      : []),
    '',
  ].join('\n\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** As a quotation: what somebody wrote is no heading of this page, nor HTML. */
function quoted(text: string): string {
  return text
    .trimEnd()
    .replaceAll('<', '&lt;')
    .split(/\r?\n/)
    .map((line) => `> ${line}`)
    .join('\n');
}
