import { companyFacts, contactFacts, type Facts } from '../../domain/dedupe/records/facts.js';
import { idOfRef, refOfPath } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';

/** Kinds of which records are compared. */
export type LinkedKind = 'contact' | 'company';

/** A record that is compared, as a list shows it. */
export interface Member {
  id: string;
  ref: string;
  name: string;
}

/** All records of a kind, and what each is compared by, in the order of their ids. */
export interface Compared {
  members: Member[];
  facts: Facts[];
}

const pageSize = 2000;

/**
 * What the records of a kind are compared by, read from the index. Those that were merged into others, and those that
 * cannot be read, are left out.
 */
export function readFacts(index: Index, kind: LinkedKind): Compared {
  const companies = kind === 'contact' ? companyNames(index) : new Map<string, string>();
  const members: Member[] = [];
  const facts: Facts[] = [];
  // Some at a time: each call into SQLite costs more than a row, and all at once fill the memory.
  const page = index.db
    .prepare(
      `select id, path, title, data from records where kind = ? and id > ? and data is not null and survivor is null
       order by id limit ${pageSize}`,
    )
    .raw();
  for (let last = ''; ; ) {
    const rows = page.all(kind, last) as [string, string, string, string][];
    for (const [id, path, name, json] of rows) {
      const data = JSON.parse(json) as Record<string, unknown>;
      const firm = typeof data.company === 'string' ? (companies.get(idOfRef(data.company) ?? '') ?? '') : '';
      members.push({ id, ref: refOfPath(path), name });
      facts.push(kind === 'contact' ? contactFacts(data, firm) : companyFacts(data));
    }
    last = rows.at(-1)?.[0] ?? '';
    if (rows.length < pageSize) return { members, facts };
  }
}

/** Names of firms by id; of a merged one that of its survivor. */
function companyNames(index: Index): Map<string, string> {
  const rows = index.db
    .prepare(
      `select r.id, coalesce(s.title, r.title) from records r left join records s on s.id = r.survivor
       where r.kind = 'company'`,
    )
    .raw()
    .all() as [string, string][];
  return new Map(rows);
}
