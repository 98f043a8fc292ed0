import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { confirmationFaults } from '../../domain/agreements/contradictions.js';
import type { Fault, Surroundings } from '../../domain/check/fault.js';
import { faultsOf } from '../../domain/check/rules.js';
import { inCircles, parentCircleFault } from '../../domain/companies/hierarchy.js';
import { mergedApart } from '../../domain/dedupe/records/decision.js';
import { circleFault, strayProvenance } from '../../domain/duplicates/contradictions.js';
import { type Merged, survivorsOf } from '../../domain/duplicates/survivors.js';
import { type Kind, kinds } from '../../domain/records/kind-names.js';
import { referenceFault, references } from '../../domain/records/references.js';
import { erasedFault, erasedIds } from '../erasures.js';
import type { Index } from '../index/index.js';
import type { Problem } from '../index/row.js';
import { placed, problemOf } from './place.js';

interface Row {
  kind: Kind;
  id: string;
  path: string;
  data: string;
}

/** Some of the files, as a condition on a column that holds paths. */
export interface Where {
  sql: string;
  params: string[];
}

/** Files and folders, relative to the workspace, as a condition on `path`; none, or the workspace itself, is all. */
export function within(places: readonly string[]): Where {
  if (places.length === 0 || places.includes('')) return { sql: '1', params: [] };
  // What follows "/" among characters is "0": a folder is a range of paths.
  return {
    sql: `(${places.map(() => '(r.path = ? or (r.path > ? and r.path < ?))').join(' or ')})`,
    params: places.flatMap((place) => [place, `${place}/`, `${place}0`]),
  };
}

/**
 * What is wrong with the records that the index could read, beyond their schemas: contradictions, names nobody knows,
 * references that lead nowhere or to the wrong kind, ids given twice.
 */
export function checkRecords(
  index: Index,
  root: string,
  where: Where,
  surroundings: Surroundings,
): Problem[] {
  const faults = new Map<string, { kind: Kind; faults: Fault[] }>();
  const add = ({ path, kind }: Pick<Row, 'path' | 'kind'>, found: readonly Fault[]) => {
    if (found.length === 0) return;
    const known = faults.get(path);
    if (known) known.faults.push(...found);
    else faults.set(path, { kind, faults: [...found] });
  };
  for (const row of records(index, where)) {
    const judged = { ...row, data: JSON.parse(row.data) as Record<string, unknown> };
    add(row, faultsOf(judged, surroundings));
  }
  const erased = erasedIds(root);
  for (const row of erasedOnFile(index, [...erased], where)) add(row, [erasedFault(row.id)]);
  for (const { found, key, target, ...row } of wrongReferences(index, where)) {
    // What names somebody who was erased says no more than that.
    if (found === null && erased.has(target)) continue;
    const data = JSON.parse(row.data) as Record<string, unknown>;
    add(row, [referenceFault({ kind: row.kind, data }, key, target, found ?? undefined) ?? []].flat());
  }
  for (const { told, ...row } of confirmations(index, where)) {
    const data = JSON.parse(row.data) as Record<string, unknown>;
    add(row, confirmationFaults(data, JSON.parse(told) as Record<string, unknown>));
  }
  for (const row of mergeCircles(index, where))
    add(row, [circleFault(row.kind, row.id, JSON.parse(row.data) as Record<string, unknown>)]);
  for (const row of caseCircles(index, where))
    add(row, [circleFault(row.kind, row.id, JSON.parse(row.data) as Record<string, unknown>)]);
  for (const { parent, ...row } of parentCircles(index, where)) add(row, [parentCircleFault(parent)]);
  for (const row of decisionsOfMerged(index, where))
    add(row, mergedApart(JSON.parse(row.data) as Record<string, unknown>));
  for (const { other, into, ...row } of strayProvenances(index, where)) {
    const data = JSON.parse(row.data) as Record<string, unknown>;
    add(row, [strayProvenance(row.kind, data, other, into ?? undefined) ?? []].flat());
  }
  const problems = [...faults].flatMap(([path, { kind, faults: found }]) =>
    placed(kind, path, textOf(root, path), found),
  );
  return [...problems, ...doubleIds(index, where)];
}

/** Records on file that were erased with somebody, or are his: git brought them back. */
export function erasedOnFile(index: Index, ids: readonly string[], where: Where = within([])): Row[] {
  if (ids.length === 0) return [];
  return index.db
    .prepare(
      `select r.kind, r.id, r.path, r.data from records r
       where r.id in (select value from json_each(?)) and ${where.sql} order by r.path`,
    )
    .all(JSON.stringify(ids), ...where.params) as Row[];
}

/** All records, some at a time: each call into SQLite costs more than a row, and all at once fill the memory. */
function* records(index: Index, where: Where): Generator<Row> {
  const page = index.db
    .prepare(
      `select r.rid, r.kind, r.id, r.path, r.data from records r
       where r.rid > ? and r.data is not null and ${where.sql} order by r.rid limit 2000`,
    )
    .raw();
  for (let last = 0; ; ) {
    const rows = page.all(last, ...where.params) as [number, Kind, string, string, string][];
    for (const [, kind, id, path, data] of rows) yield { kind, id, path, data };
    const end = rows.at(-1);
    if (!end) return;
    last = end[0];
  }
}

interface WrongReference extends Row {
  key: string;
  target: string;
  /** Kind of the record it names; null where there is none. */
  found: Kind | null;
}

function wrongReferences(index: Index, where: Where): WrongReference[] {
  const right = kinds.flatMap((kind) =>
    Object.entries(references[kind]).flatMap(([key, wanted]) =>
      wanted.map((one) => `'${kind} ${key} ${one}'`),
    ),
  );
  return index.db
    .prepare(
      `select r.kind, r.id, r.path, r.data, f.key, f.target, t.kind as found
       from refs f join records r on r.rid = f.rid left join records t on t.id = f.target
       where ${where.sql} and (t.kind is null or r.kind || ' ' || f.key || ' ' || t.kind not in (${right.join(', ')}))`,
    )
    .all(...where.params) as WrongReference[];
}

/** Agreements with the interactions that are said to confirm their end. */
function confirmations(index: Index, where: Where): (Row & { told: string })[] {
  return index.db
    .prepare(
      `select r.kind, r.id, r.path, r.data, t.data as told
       from refs f join records r on r.rid = f.rid join records t on t.id = f.target
       where f.key = 'confirmation' and r.kind = 'agreement' and t.kind = 'interaction' and t.data is not null
       and ${where.sql}`,
    )
    .all(...where.params) as (Row & { told: string })[];
}

/** Decisions about two records that are one by now. */
function decisionsOfMerged(index: Index, where: Where): Row[] {
  return index.db
    .prepare(
      `select r.kind, r.id, r.path, r.data from records r
       where r.kind = 'decision' and r.data is not null and ${where.sql} and exists
       (select 1 from refs f join records t on t.id = f.target where f.rid = r.rid and f.key = 'pair'
        group by coalesce(t.survivor, t.id) having count(distinct t.id) > 1)`,
    )
    .all(...where.params) as Row[];
}

/** Records that count as not merged although they say that they are. */
function mergeCircles(index: Index, where: Where): Row[] {
  return index.db
    .prepare(
      `select r.kind, r.id, r.path, r.data from refs f join records r on r.rid = f.rid
       where f.key = 'merged_into' and r.kind in ('contact', 'company') and r.survivor is null and ${where.sql}`,
    )
    .all(...where.params) as Row[];
}

/** Cases that were merged into each other: the one that stays, which is merged all the same and so in nobody's list. */
function caseCircles(index: Index, where: Where): Row[] {
  const merges = index.db
    .prepare(
      `select r.id, f.target as "into" from refs f join records r on r.rid = f.rid
       where f.key = 'merged_into' and r.kind = 'case' and r.id <> f.target`,
    )
    .all() as Merged[];
  const survivors = survivorsOf(merges);
  const staying = merges.map(({ id }) => id).filter((id) => !survivors.has(id));
  if (staying.length === 0) return [];
  return index.db
    .prepare(
      `select r.kind, r.id, r.path, r.data from records r
       where r.kind = 'case' and r.id in (select value from json_each(?)) and ${where.sql}`,
    )
    .all(JSON.stringify(staying), ...where.params) as Row[];
}

/** Firms that belong to themselves, through others or at once. */
function parentCircles(index: Index, where: Where): (Row & { parent: string })[] {
  const rows = index.db
    .prepare(
      `select r.id, coalesce(t.survivor, t.id) as parent from refs f join records r on r.rid = f.rid
       join records t on t.id = f.target
       where f.key = 'parent' and r.kind = 'company' and r.survivor is null`,
    )
    .all() as { id: string; parent: string }[];
  const circling = inCircles(new Map(rows.map(({ id, parent }) => [id, parent])));
  if (circling.length === 0) return [];
  return index.db
    .prepare(
      `select r.kind, r.id, r.path, r.data, json_extract(r.data, '$.parent') as parent from records r
       where r.kind = 'company' and r.id in (select value from json_each(?)) and ${where.sql}`,
    )
    .all(JSON.stringify(circling), ...where.params) as (Row & { parent: string })[];
}

function strayProvenances(index: Index, where: Where): (Row & { other: string; into: string | null })[] {
  return index.db
    .prepare(
      `select r.kind, r.id, r.path, r.data, f.target as other, i.target as "into"
       from refs f join records r on r.rid = f.rid join records t on t.id = f.target and t.data is not null
       left join refs i on i.rid = t.rid and i.key = 'merged_into'
       where f.key = 'merged_from' and (i.target is null or i.target <> r.id) and ${where.sql}`,
    )
    .all(...where.params) as (Row & { other: string; into: string | null })[];
}

function doubleIds(index: Index, where: Where): Problem[] {
  const rows = index.db
    .prepare(
      `select r.path, r.id, (select min(o.path) from records o where o.id = r.id) as first from records r
       where ${where.sql} and r.id in (select id from records where id <> '' group by id having count(*) > 1)`,
    )
    .all(...where.params) as { path: string; id: string; first: string }[];
  return rows
    .filter(({ path, first }) => path !== first)
    .map(({ path, id, first }) =>
      problemOf(path, { at: [], message: `the id ${id} is also that of ${first}` }, { line: 1, column: 1 }),
    );
}

function textOf(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
