import { parentsOf } from '../../domain/companies/hierarchy.js';
import { findLinks } from '../../domain/discovery/find-links.js';
import type { Link } from '../../domain/discovery/link.js';
import { type Party, partyOf } from '../../domain/discovery/party.js';
import { idOfRef, refOfPath } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import type { Workspace } from '../../workspace/workspace.js';
import { readDecisions } from '../linkage/read-decisions.js';

/** Records that belong together and that nobody linked, the strongest evidence first. */
export async function discoverLinks(workspace: Workspace): Promise<Link[]> {
  const index = await workspace.index();
  const parties = readParties(index, workspace.country);
  const apart = new Set(
    readDecisions(index, parties)
      .filter(({ same }) => same === false)
      .map(({ a, b }) => pairOf(parties[a]?.id ?? '', parties[b]?.id ?? '')),
  );
  return findLinks(parties, (a, b) => apart.has(pairOf(a, b)));
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

const pageSize = 2000;

function readParties(index: Index, country: string | undefined): Party[] {
  const survivors = new Map(index.merged(['contact', 'company']).map(({ id, survivor }) => [id, survivor]));
  const survivorOf = (id: string) => survivors.get(id) ?? id;
  const houseOf = houses(index, survivorOf);
  const phones = phonesOf(index);
  const page = index.db
    .prepare(
      `select rid, id, kind, path, title, data from records
       where rid > ? and kind in ('contact', 'company') and data is not null and survivor is null
       order by rid limit ${pageSize}`,
    )
    .raw();
  const parties: Party[] = [];
  for (let last = 0; ; ) {
    const rows = page.all(last) as [number, string, Party['kind'], string, string, string][];
    for (const [rid, id, kind, path, name, json] of rows) {
      const data = JSON.parse(json) as Record<string, unknown>;
      const row = { id, ref: refOfPath(path), kind, name, data, phones: phones.get(rid) ?? [] };
      parties.push(partyOf(row, survivorOf, houseOf, country));
    }
    const end = rows.at(-1);
    if (!end) return parties;
    last = end[0];
  }
}

/** The topmost firm of each firm. */
function houses(index: Index, survivorOf: (id: string) => string): (id: string) => string {
  const rows = index.db
    .prepare(
      `select r.id, json_extract(r.data, '$.parent') as parent from records r
       where r.kind = 'company' and r.data is not null and json_extract(r.data, '$.parent') is not null`,
    )
    .all() as { id: string; parent: unknown }[];
  const parents = new Map(
    rows.flatMap(({ id, parent }) => {
      const found = typeof parent === 'string' ? idOfRef(parent) : undefined;
      return found === undefined ? [] : [[id, survivorOf(found)] as const];
    }),
  );
  const known = new Map<string, string>();
  return (id) => {
    let house = known.get(id);
    if (house === undefined) {
      house = parentsOf(id, (one) => parents.get(one)).at(-1) ?? id;
      known.set(id, house);
    }
    return house;
  };
}

/** Telephone numbers as compared, by the rows that hold them. */
function phonesOf(index: Index): Map<number, string[]> {
  const rows = index.db
    .prepare("select rid, value from keys where type = 'phone'")
    .raw()
    .iterate() as Iterable<[number, string]>;
  const phones = new Map<number, string[]>();
  for (const [rid, value] of rows) {
    const known = phones.get(rid);
    if (known) known.push(value);
    else phones.set(rid, [value]);
  }
  return phones;
}
