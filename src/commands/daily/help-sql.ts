import { folders, kinds } from '../../domain/records/kind-names.js';
import { schemaKeys } from '../../domain/records/kinds.js';

const width = 116;

/** `itaca help sql`: the views, their columns as the schemas have them, and examples. */
export function sqlPage(): string {
  const views = kinds.map((kind) =>
    wrapped(folders[kind], ['id', 'path', ...schemaKeys(kind), 'note', 'data']),
  );
  return `itaca sql "<select>" asks the index, read-only, in SQLite's SQL. There is a view for each kind of record, and in it a
column for each key:

${views.join('\n')}

id is the record's id, path its file, note the text under the front matter, data all its keys as JSON: what Itaca does not
know is there too, data->>'x_own'. A list or a map is JSON as well; json_each() makes rows of it. A reference is the other
record's file name without .md, and its last ten characters are the other's id: substr(contact, -10). Times keep the
offset they were written with: compare them by unixepoch(). "to", "case" and "order" are words of SQL too: write them in
double quotes. Records that cannot be read are in no view; see itaca check. Neither are those that were merged into another:
the view merges (id, kind, path, survivor) tells which record a reference to one of them leads to.

  $ itaca sql "select name, language from contacts where lifecycle = 'customer' order by name" --csv
  $ itaca sql "select t.value as tag, count(*) as n from contacts, json_each(contacts.tags) t group by tag order by n desc"
  $ itaca sql "select c.name, i.at, i.subject from interactions i, json_each(i.contacts) r
      join contacts c on c.id = substr(r.value, -10) where i.channel = 'phone' order by unixepoch(i.at) desc limit 10"
  $ itaca sql "select owner, count(*) as open from cases where state not in ('closed', 'merged', 'rejected') group by owner"
  $ itaca sql "select e.value->>'address' as address from contacts, json_each(contacts.emails) e where e.type = 'object'"
`;
}

function wrapped(view: string, columns: readonly string[]): string {
  const lines: string[] = [];
  let line = `  ${view.padEnd(14)}`;
  for (const column of columns) {
    if (line.length + column.length > width) {
      lines.push(line.trimEnd());
      line = ' '.repeat(16);
    }
    line += `${column} `;
  }
  return [...lines, line.trimEnd()].join('\n');
}
