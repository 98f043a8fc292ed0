import type { CaseLog } from './logged-case.js';

/** The standard extensions that a log of ours uses (IEEE 1849-2016, clause 7). */
const extensions: [name: string, prefix: string][] = [
  ['Concept', 'concept'],
  ['Time', 'time'],
  ['Organizational', 'org'],
  ['Lifecycle', 'lifecycle'],
];

/** Keys of the standard extensions as our records keep them: `org:group` as `org_group`. */
const standardKeys = new Set([
  'concept_instance',
  'org_role',
  'org_group',
  'lifecycle_model',
  'lifecycle_state',
]);

/** What stands before the traces. */
export function xesHead(): string {
  const declared = extensions.map(
    ([name, prefix]) =>
      `  <extension name="${name}" prefix="${prefix}" uri="http://www.xes-standard.org/${prefix}.xesext"/>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
${declared.join('')}  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00Z"/>
    <string key="lifecycle:transition" value="complete"/>
  </global>
  <classifier name="Activity" keys="concept:name"/>
  <classifier name="Activity and transition" keys="concept:name lifecycle:transition"/>
`;
}

export const xesTail = '</log>\n';

/** One case as a trace. */
export function xesTrace({ name, attributes, events }: CaseLog): string {
  const lines = events.map(
    ({ activity, at, by, transition, more }) =>
      `    <event>\n${[
        text('concept:name', activity, 6),
        `      <date key="time:timestamp" value="${escaped(at)}"/>\n`,
        text('lifecycle:transition', transition, 6),
        ...(by === undefined ? [] : [text('org:resource', by, 6)]),
        ...texts(more, 6),
      ].join('')}    </event>\n`,
  );
  return `  <trace>\n${text('concept:name', name, 4)}${texts(attributes, 4).join('')}${lines.join('')}  </trace>\n`;
}

function texts(map: Record<string, string>, indent: number): string[] {
  return Object.entries(map).map(([key, value]) =>
    text(standardKeys.has(key) ? key.replace('_', ':') : key, value, indent),
  );
}

function text(key: string, value: string, indent: number): string {
  return `${' '.repeat(indent)}<string key="${escaped(key)}" value="${escaped(value)}"/>\n`;
}

const meant: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Text as an attribute's value: white space that XML would make a space, and signs that drive a terminal, as references;
 * what XML cannot hold at all as U+FFFD.
 */
function escaped(value: string): string {
  return value
    .replace(/\p{Surrogate}|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '\ufffd')
    .replace(
      /[&<>"\t\n\r\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
      (sign) => meant[sign] ?? `&#x${sign.charCodeAt(0).toString(16)};`,
    );
}
