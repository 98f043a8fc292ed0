import type { FieldKind } from '../../domain/dedupe/linkage/kinds.js';
import { Model, type Trained } from '../../domain/dedupe/linkage/model.js';
import {
  roughKinds,
  type SplinkSettings,
  splinkSettings,
} from '../../domain/dedupe/linkage/splink/settings.js';
import { type Input, idColumn, openList } from './open-list.js';
import { readTable } from './read-table.js';

export interface ExportOptions {
  /** One list, or two that are to be linked. */
  lists: readonly Input[];
  /** Column that names the rows; the settings name `unique_id` where it is not given. */
  id: string | undefined;
  mapped: ReadonlyMap<string, FieldKind | 'none'>;
  country: string | undefined;
  trained?: Trained | undefined;
  progress?: (stage: string, done: number) => void;
}

export interface ExportedModel {
  settings: SplinkSettings;
  /** Fields whose levels are rough. */
  rough: string[];
  /** Columns of the first list that the second has not by that name: it must be given them. */
  renamed: string[];
}

/** What Splink calls the column that names a row. */
const usualId = 'unique_id';

/**
 * The model of a list as settings of Splink. How frequent its values are counts, so that the whole list is read.
 * @throws ItacaError `invalid` for what cannot be compared
 */
export function exportModel(options: ExportOptions): ExportedModel {
  const { id, mapped, country, trained, progress } = options;
  const lists = options.lists.map((input) => openList(input, id === undefined ? [] : [id]));
  const at = lists.map((list) => (id === undefined ? undefined : idColumn(list, id)));
  const ignored = at.map((column) => new Set(column === undefined ? [] : [column]));
  const { table } = readTable(lists, { mapped, ignored, country, progress });
  const { header } = lists[0]!;
  const name = at[0] === undefined ? usualId : header[at[0]]!;
  const plans = table.fields.map(({ plan }) => plan);
  const used = plans.flatMap(({ columns }) => columns.filter((column) => column >= 0));
  const other = lists[1];
  return {
    settings: splinkSettings(new Model(table, trained), header, name),
    rough: plans.filter(({ kind }) => roughKinds.includes(kind)).map((plan) => plan.name),
    renamed: other
      ? used.map((column) => header[column]!).filter((name) => !other.header.includes(name))
      : [],
  };
}
