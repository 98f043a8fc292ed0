import type { ReviewedPair } from '../../actions/linkage/survivor-first.js';
import { type Io, printable } from '../../cli/io.js';
import { plain } from '../../cli/output.js';
import { renderTable } from '../../cli/table.js';
import { foldText } from '../../domain/contacts/person-name.js';

/** What says nothing of who it is, and is long. */
const leftOut = new Set(['consents', 'merged_from', 'merged_into']);

/** In the order in which people look. */
const first = ['name', 'given_name', 'family_name', 'legal_name', 'company', 'title', 'emails', 'phones'];

/** Two records beside each other, field by field: `=` where they agree, `≠` where they differ. */
export function sideBySide({ records, named }: ReviewedPair, io: Io): string {
  const [a, b] = records;
  const keys = [...new Set([...first, ...Object.keys(a.data), ...Object.keys(b.data)])].filter(
    (key) => !leftOut.has(key) && (key in a.data || key in b.data),
  );
  const rows = [
    ...keys.map((key) => {
      const [one, other] = [shown(a.data[key]), shown(b.data[key])];
      return [mark(one, other), key.replaceAll('_', ' '), one, other];
    }),
    ['', 'named by', `${named[0]} records`, `${named[1]} records`],
    ...(a.note.trim() || b.note.trim() ? [['', 'note', a.note.trim(), b.note.trim()]] : []),
  ];
  const table = renderTable(
    [{ title: '' }, { title: '' }, { title: a.ref, flex: true }, { title: b.ref, flex: true }],
    rows.map((row) => row.map((cell) => printable(cell))),
    io,
  );
  const styles = { '=': io.color.green, '≠': io.color.yellow };
  return table
    .split('\n')
    .map((line) => (styles[line[0] as keyof typeof styles] ?? ((text: string) => text))(line))
    .join('\n');
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  const text = plain(value);
  if (!text.startsWith('{')) return text;
  return Object.values(value as object)
    .map(plain)
    .filter(Boolean)
    .join(' ');
}

function mark(a: string, b: string): string {
  if (a === '' || b === '') return ' ';
  return foldText(a) === foldText(b) ? '=' : '≠';
}
