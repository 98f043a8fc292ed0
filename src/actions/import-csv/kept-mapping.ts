import { stringify } from 'yaml';
import { ItacaError } from '../../domain/error.js';
import type { Pairs } from '../../domain/lists/mapping.js';
import { slug } from '../../domain/records/ids.js';
import { mappingPath, readMappings } from '../../workspace/config/mappings.js';
import type { Change } from '../../workspace/records.js';
import type { Tools } from '../tools.js';

/**
 * A mapping as it is kept for the next list with this header: under the name that was given, the one it has already, or
 * that of the file.
 * @throws ItacaError `usage` for a name that is none; `conflict` for one that belongs to another header
 */
export function keptMapping(
  header: readonly string[],
  pairs: Pairs,
  options: { path: string; save?: string; kept: string | undefined },
  { workspace }: Tools,
): { name: string; changes: Change[] } | undefined {
  if (header.length === 0) return undefined;
  const { save, kept } = options;
  const name = save ?? kept ?? slug(options.path.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, ''), 'list');
  if (slug(name, '') !== name)
    throw new ItacaError('usage', `"${name}" is no name for a mapping`, {
      hint: 'small letters, digits and dashes, such as fair-list',
    });
  const before = readMappings(workspace.root).find((one) => one.name === name);
  if (before && name !== kept && save === undefined)
    throw new ItacaError('conflict', `${mappingPath(name)} is for lists with another header`, {
      hint: 'give this one a name of its own with --save <name>',
    });
  const columns = new Map<string, string[]>();
  // What was said last of a column counts.
  const last = new Map(
    pairs.map(([target, column]) => {
      const name = header.find((one) => one.trim().toLowerCase() === column.trim().toLowerCase());
      const named = name ?? header[Number(column) - 1] ?? column;
      return [named, [target, named] as const];
    }),
  );
  for (const [target, column] of last.values()) columns.set(target, [...(columns.get(target) ?? []), column]);
  const data = {
    header,
    columns: Object.fromEntries(
      [...columns].map(([target, names]) => [target, names.length === 1 ? names[0] : names]),
    ),
  };
  const text = stringify(data, { lineWidth: 0 });
  const same = before && before.text === text;
  return { name, changes: same ? [] : [{ op: 'write', path: mappingPath(name), text }] };
}
