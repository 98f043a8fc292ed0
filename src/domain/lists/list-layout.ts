import { foldText } from '../contacts/person-name.js';
import type { Field } from './column-names.js';
import { fieldsOfHeader, recogniseColumns } from './columns.js';
import type { ListFormat } from './formats/format.js';
import { mappedTargets, type Pairs } from './mapping.js';
import { isStanding } from './opt-out.js';
import { type OwnSheet, recogniseOwnSheet } from './own-sheet.js';
import { placeOfName } from './postal-columns.js';
import { recogniseFormat } from './recognise-format.js';
import type { Slots } from './row.js';
import type { Slot, Target, TargetField } from './target.js';

/** A list made out: what it is, and which column holds what. */
export interface ListLayout {
  /** Undefined where the names of the columns alone tell. */
  format: ListFormat | undefined;
  slots: Slots;
  /** Our own sheet, which is read back as it was written. */
  own?: OwnSheet;
  /** Field → names of its columns. */
  columns: Record<string, string[]>;
  /** Columns that are not taken. */
  leftOut: string[];
  /** Systems whose identifiers alone say who somebody is. */
  trusted: ReadonlySet<string>;
}

/** What people's lists call things → where it goes; `custom` has no other place. */
const targetOfField: Partial<Record<Field, TargetField>> = {
  website: 'url',
  external_id: 'identifiers',
  honorific: 'custom',
  department: 'custom',
};

const inGroups = new Set<TargetField>(['street', 'locality', 'region', 'postal_code', 'country']);

/** All that a suppression has a place for: who it was is not kept of somebody who left. */
const ofSuppression = new Set<TargetField>(['email', 'at', 'notes']);

/**
 * Tells which column of a list holds what: by what somebody said, by the format of a known program, by the usual names of
 * columns, and by the looks of the first rows. A column that none of these knows is kept under its own name.
 * @throws ItacaError `invalid` for what is no list of people; `usage` for a mapping of columns that are not there
 */
export function layoutOf(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  options: { pairs?: Pairs; path?: string },
): ListLayout {
  const own = options.pairs?.length ? undefined : recogniseOwnSheet(header, sample);
  if (own) return ownLayout(own, header);
  const width = Math.max(header.length, ...sample.map((row) => row.length), 0);
  const said = mappedTargets(options.pairs ?? [], header, width);
  const recognised = recogniseFormat(header);
  const format = recognised?.format;
  const aliases = aliasesOf(header, sample, format !== undefined || said.size > 0, options.path);
  const labels = new Set(recognised?.targets.flatMap((target) => target?.labelColumn ?? []));
  const slots = new Map<TargetField, Slot[]>();
  const columns = new Map<TargetField, string[]>();
  const leftOut: string[] = [];
  for (let column = 0; column < width; column++) {
    if (labels.has(column)) continue;
    const name = header[column] ?? String(column + 1);
    const target = said.get(column) ??
      withSystem(recognised?.targets[column], format) ??
      (format === undefined || format.object === 'contact' || format.object === 'company'
        ? aliasTarget(aliases.get(column), name)
        : undefined) ?? { field: /^attributes$/i.test(name) ? 'attributes' : 'custom' };
    push(slots, target.field, { ...target, column });
    if (target.field === '-' || (format?.object === 'suppression' && !ofSuppression.has(target.field)))
      leftOut.push(name);
    else push(columns, target.field, name);
  }
  if (recognised) inOrder(slots, recognised.targets, format as ListFormat, header);
  const systems = [...said.values()].flatMap(({ field, label }) =>
    field === 'identifiers' && label ? [label] : [],
  );
  return {
    format,
    slots,
    columns: Object.fromEntries(columns) as Record<string, string[]>,
    leftOut,
    trusted: new Set(format?.system ? [format.system, ...systems] : systems),
  };
}

function ownLayout(own: OwnSheet, header: readonly string[]): ListLayout {
  const columns = new Map<string, string[]>();
  for (const [column, name] of header.entries())
    push(columns, own.leftOut.includes(name) ? '-' : own.places[column]!.key, name);
  const { format, leftOut } = own;
  return {
    format,
    slots: new Map(),
    own,
    columns: Object.fromEntries(columns),
    leftOut: [...leftOut],
    trusted: new Set(),
  };
}

function push<K, T>(map: Map<K, T[]>, key: K, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

function aliasesOf(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  known: boolean,
  path: string | undefined,
): Map<number, Field> {
  const standing = (field: Field, column: number): Field => {
    const place = field === 'region' || field === 'country';
    return place && sample.some((cells) => isStanding(cells[column] ?? '')) ? 'status' : field;
  };
  if (known && header.length > 0)
    return new Map(
      fieldsOfHeader(header).flatMap((field, column) => (field ? [[column, standing(field, column)]] : [])),
    );
  const columns = recogniseColumns(header, sample, path);
  return new Map(
    Object.entries(columns).flatMap(([field, places]) =>
      places.map((column): [number, Field] => [column, standing(field as Field, column)]),
    ),
  );
}

/** What a usual name says, with the place or the system that it names beside. */
function aliasTarget(field: Field | undefined, name: string): Target | undefined {
  if (field === undefined) return undefined;
  const to = targetOfField[field] ?? (field as TargetField);
  if (to === 'identifiers') return { field: to, label: foldText(name).replaceAll(' ', '_') || 'id' };
  const label = inGroups.has(to) || to === 'phone' ? placeOfName(name) : undefined;
  const group = label ?? /^\D{0,40}(\d{1,3}) ?[-:_]/.exec(name)?.[1];
  return {
    field: to,
    ...(label === undefined ? {} : { label }),
    ...(inGroups.has(to) && group !== undefined ? { group } : {}),
  };
}

const bySystem = new Set<TargetField>(['identifiers', 'company_id', 'contact_id', 'parent_id']);

function withSystem(target: Target | undefined, format: ListFormat | undefined): Target | undefined {
  if (!target || !format?.system || !bySystem.has(target.field)) return target;
  return { ...target, label: format.system };
}

/** Several columns of one field count in the order of the format's table, wherever they stand in the file. */
function inOrder(
  slots: Map<TargetField, Slot[]>,
  targets: readonly (Target | undefined)[],
  format: ListFormat,
  header: readonly string[],
): void {
  const order = new Map(
    Object.values(format.columns)
      .flatMap((names) => names.split('|'))
      .map((name, i) => [name.trim().toLowerCase(), i]),
  );
  const rank = ({ column }: Slot) =>
    (targets[column] ? order.get((header[column] ?? '').trim().toLowerCase()) : undefined) ?? 1e6 + column;
  for (const [field, of] of slots)
    if (of.length > 1)
      slots.set(
        field,
        of.toSorted((a, b) => rank(a) - rank(b)),
      );
}
