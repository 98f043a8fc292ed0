import type { Case } from '../../domain/cases/case.js';
import type { CaseFile, CaseInteraction } from '../../domain/cases/case-file.js';
import { survivorsOf } from '../../domain/duplicates/survivors.js';
import { refOfPath } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';

interface InteractionRow {
  case: string;
  path: string;
  at: number;
  direction: string | null;
  channel: string | null;
  by: string | null;
  outcome: string | null;
  signals: string | null;
}

/**
 * The files of cases, by their ids: what was merged into each, and what passed in it. A few questions to the index for
 * any number of cases.
 */
export function caseFiles(
  cases: readonly Pick<StoredRecord<Case>, 'id' | 'data'>[],
  index: Index,
): Map<string, CaseFile> {
  const merged = mergedCases(index);
  const wanted = cases.flatMap(({ id }) => [id, ...(merged.get(id) ?? []).map((one) => one.id)]);
  const passed = interactionsOf(wanted, index);
  return new Map(
    cases.map(({ id, data }) => {
      const others = merged.get(id) ?? [];
      const interactions = [id, ...others.map((one) => one.id)].flatMap((one) => passed.get(one) ?? []);
      if (others.length > 0) interactions.sort((a, b) => a.at - b.at);
      return [id, { data, merged: others.map((one) => one.data), interactions }];
    }),
  );
}

/** What was merged into a case, by its id. */
function mergedCases(index: Index): Map<string, { id: string; data: Case }[]> {
  const rows = index.db
    .prepare(
      `select r.id, r.data, f.target as "into" from refs f indexed by refs_merged
       cross join records r on r.rid = f.rid
       where f.key = 'merged_into' and r.kind = 'case' and r.data is not null order by r.path`,
    )
    .all() as { id: string; data: string; into: string }[];
  const found = new Map<string, { id: string; data: Case }[]>();
  const survivors = survivorsOf(rows);
  for (const { id, data } of rows) {
    const survivor = survivors.get(id);
    if (survivor === undefined) continue;
    const list = found.get(survivor) ?? [];
    list.push({ id, data: JSON.parse(data) as Case });
    found.set(survivor, list);
  }
  return found;
}

function interactionsOf(cases: readonly string[], index: Index): Map<string, CaseInteraction[]> {
  const rows = index.db
    .prepare(
      `select f.target as "case", r.path, r.at, json_extract(r.data, '$.direction') as direction,
         json_extract(r.data, '$.channel') as channel, json_extract(r.data, '$.by') as "by",
         json_extract(r.data, '$.outcome') as outcome,
         iif(json_type(r.data, '$.signals') = 'object', json_extract(r.data, '$.signals'), null) as signals
       -- In this order: the cases, what names each, the records of those. The other way round is by all interactions.
       from json_each(?) j cross join refs f on f.target = j.value and f.key = 'case'
         cross join records r on r.rid = f.rid
       where r.kind = 'interaction' and r.at is not null and r.data is not null
       order by r.at, r.path`,
    )
    .all(JSON.stringify(cases)) as InteractionRow[];
  const found = new Map<string, CaseInteraction[]>();
  for (const { case: id, path, signals, ...rest } of rows) {
    const list = found.get(id);
    const said = signals === null ? {} : { signals: signalsIn(signals) };
    const interaction: CaseInteraction = { ref: refOfPath(path), ...rest, ...said };
    if (list) list.push(interaction);
    else found.set(id, [interaction]);
  }
  return found;
}

/** What a message says by itself, as far as its record can be read: a file is edited by hand. */
function signalsIn(json: string): NonNullable<CaseInteraction['signals']> {
  const entries = Object.entries(JSON.parse(json) as Record<string, unknown>);
  return Object.fromEntries(entries.filter(([, why]) => typeof why === 'string'));
}
