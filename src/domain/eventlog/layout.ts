import { caseStates, priorities } from '../cases/states.js';
import { foldText } from '../contacts/person-name.js';
import { attributeKeys, ofCase } from './attribute-keys.js';
import type { LogColumns } from './columns.js';
import type { Left, RawLog } from './log.js';

/** A column, the key that keeps it, and what it speaks of. */
export type Kept = [column: number, key: string, scope: 'case' | 'event'];

/** The columns that cases keep under keys of their own. */
export interface Kepts {
  attributes: Kept[];
  /** Those of which a case has one value; where its events differ, they keep theirs. */
  singles: Kept[];
  left: Left[];
}

/**
 * Which columns of a log are kept beside what an event must say, and which are left out: those without a name, and those
 * that say in every event what another column says already.
 */
export function keptColumns(log: RawLog, columns: LogColumns): Kepts {
  const { names, rows } = log;
  const keys = attributeKeys(names);
  const said = new Set([columns.case, columns.activity, columns.at, columns.by]);
  const singles = new Set([columns.title, columns.type, columns.channel]);
  // What our words for states and priorities say wholly need not be kept in another's words.
  const states = new Set<string>(caseStates);
  const wholly = (column: number | undefined, known: (text: string) => boolean) =>
    column !== undefined && rows.every(({ cells }) => !cells[column] || known(cells[column]));
  for (const column of [columns.to, columns.from])
    if (wholly(column, (text) => states.has(text))) said.add(column);
  if (wholly(columns.priority, (text) => priorities.some((one) => one === foldText(text))))
    said.add(columns.priority);
  const kept: Kepts = { attributes: [], singles: [], left: [] };
  for (const [column, name] of names.entries()) {
    const key = keys[column];
    if (said.has(column)) continue;
    const alike = [columns.activity, columns.by, columns.case, columns.at, names.indexOf(name)].find(
      (other) => other !== undefined && other !== column && saysTheSame(log, column, other),
    );
    if (key === undefined) kept.left.push({ column: `column ${column + 1}`, why: 'it has no name' });
    else if (alike !== undefined)
      kept.left.push({
        column: name,
        why: alike === names.indexOf(name) ? 'it is there twice' : `it says what "${names[alike]}" says`,
      });
    else
      kept[singles.has(column) ? 'singles' : 'attributes'].push([
        column,
        key,
        name.startsWith(ofCase) ? 'case' : 'event',
      ]);
  }
  // What is said of the case comes first: what an event says itself goes before it.
  kept.attributes.sort(([, , a], [, , b]) => (a < b ? -1 : a > b ? 1 : 0));
  return kept;
}

function saysTheSame({ rows }: RawLog, column: number, other: number): boolean {
  return rows.every(({ cells }) => cells[column] === cells[other]);
}
