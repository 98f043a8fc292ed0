import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { phoneKey } from '../../domain/contacts/phone-number.js';
import { refOfPath } from '../../domain/records/ids.js';
import { folders, type Kind } from '../../domain/records/kind-names.js';
import { type Condition, type QueryContext, queryToSql } from '../query/to-sql.js';
import type { StoredRecord } from '../records.js';
import type { Sqlite } from './database.js';
import type { KeyType, Problem } from './row.js';

interface Row {
  id: string;
  kind: Kind;
  path: string;
  title: string;
  at: number | null;
  data: string;
  note: string;
}

const columns = 'r.id, r.kind, r.path, r.title, r.at, r.data, r.note';

export interface ListOptions {
  kinds?: Kind[];
  /** In the query language. */
  query?: string | undefined;
  /** `moment` sorts by time, the newest first; `title` by name. */
  order?: 'moment' | 'title';
  limit?: number;
}

/** Answers questions about the records. Fresh as of the start of the command. */
export class Index {
  private readonly counts = new Map<Kind, number>();

  constructor(
    readonly db: Sqlite,
    private readonly context: Omit<QueryContext, 'emailKey' | 'phoneKey' | 'isKey'> & {
      country: string | undefined;
    },
  ) {}

  get(id: string): StoredRecord | undefined {
    return this.select('r.id = ?', [id])[0];
  }

  /** Readable records, in a stable order. */
  list(options: ListOptions): StoredRecord[] {
    const parts: Condition[] = [];
    if (options.kinds)
      parts.push({ sql: `r.kind in (${options.kinds.map(() => '?').join(', ')})`, params: options.kinds });
    if (options.query) parts.push(this.condition(options.query));
    const where = parts.map((part) => part.sql).join(' and ') || '1';
    const order = options.order === 'title' ? 'r.title collate nocase, r.path' : 'r.at desc, r.path';
    const limit = options.limit === undefined ? '' : ` limit ${Math.trunc(options.limit)}`;
    return this.select(
      `${where} order by ${order}${limit}`,
      parts.flatMap((part) => part.params),
    );
  }

  condition(query: string): Condition {
    return queryToSql(query, {
      ...this.context,
      emailKey: canonicalEmail,
      phoneKey: (text) => phoneKey(text, this.context.country),
      isKey: (key) => this.isKey(key),
    });
  }

  /** Records that share a key, such as a canonical e-mail address. */
  byKey(type: KeyType, value: string, kinds: readonly Kind[]): StoredRecord[] {
    return this.select(
      `r.rid in (select rid from keys where value = ? and type = ?) and r.kind in (${kinds.map(() => '?').join(', ')}) order by r.path`,
      [value, type, ...kinds],
    );
  }

  /** Records that name this one, the newest first. */
  naming(id: string, kinds?: readonly Kind[]): StoredRecord[] {
    const only = kinds ? ` and r.kind in (${kinds.map(() => '?').join(', ')})` : '';
    return this.select(`r.rid in (select rid from refs where target = ?)${only} order by r.at desc, r.path`, [
      id,
      ...(kinds ?? []),
    ]);
  }

  /** What could not be read or breaks its schema, file by file. */
  problems(): Problem[] {
    return this.db.prepare('select * from problems order by path, line').all() as Problem[];
  }

  /** Files of these kinds that could not be read at all. */
  unreadable(kinds: readonly Kind[]): Problem[] {
    return this.db
      .prepare(
        `select p.* from problems p join records r on r.path = p.path
         where r.data is null and r.kind in (${kinds.map(() => '?').join(', ')}) order by p.path`,
      )
      .all(...kinds) as Problem[];
  }

  count(kind: Kind): number {
    const known = this.counts.get(kind);
    if (known !== undefined) return known;
    const count = (
      this.db.prepare('select count(*) as n from records where kind = ?').get(kind) as { n: number }
    ).n;
    this.counts.set(kind, count);
    return count;
  }

  private isKey(key: string): boolean {
    const inSchema = Object.values(folders).some((view) => viewColumns(this.db, view).has(key));
    if (inSchema) return true;
    return (
      this.db
        .prepare('select 1 from records where json_type(data, ?) is not null limit 1')
        .get(`$.${JSON.stringify(key)}`) !== undefined
    );
  }

  select(where: string, params: readonly (string | number)[]): StoredRecord[] {
    const rows = this.db
      .prepare(`select ${columns} from records r where r.data is not null and ${where}`)
      .all(...params) as Row[];
    return rows.map(toRecord);
  }
}

function viewColumns(db: Sqlite, view: string): Set<string> {
  const rows = db.prepare(`select name from pragma_table_info(?)`).all(view) as { name: string }[];
  return new Set(rows.map((row) => row.name));
}

function toRecord(row: Row): StoredRecord {
  return { ...row, ref: refOfPath(row.path), data: JSON.parse(row.data) as Record<string, unknown> };
}
