import { openStates } from '../../domain/cases/states.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { phoneKey } from '../../domain/contacts/phone-number.js';
import { refOfPath } from '../../domain/records/ids.js';
import { folders, type Kind } from '../../domain/records/kind-names.js';
import { type Condition, type QueryContext, queryToSql } from '../query/to-sql.js';
import type { StoredRecord } from '../records.js';
import { resolveRecord } from '../resolve.js';
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
  /** Id of the record that this one was merged into. */
  survivor: string | null;
}

/** A contact or company that was merged into another. */
export interface MergedRecord extends StoredRecord {
  /** Id of the record that it leads to, through all merges. */
  survivor: string;
}

// Where a condition names a few records, `+r.kind` keeps SQLite from walking all records of the kind instead.
const columns = 'r.id, r.kind, r.path, r.title, r.at, r.data, r.note, r.survivor';

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
  private readonly statements = new Map<string, ReturnType<Sqlite['prepare']>>();

  constructor(
    readonly db: Sqlite,
    private readonly context: Omit<QueryContext, 'emailKey' | 'phoneKey' | 'isKey' | 'alsoNamed' | 'got'> & {
      country: string | undefined;
      /** Ids of those who got, or may have got, the campaign at a path. */
      recipients: (path: string) => string[];
    },
    private readonly only?: 'merged' | 'living',
  ) {}

  /** The same index, in which what names records finds those that were merged, or those that were not, and no other. */
  of(only: 'merged' | 'living'): Index {
    return new Index(this.db, this.context, only);
  }

  /** The record with this id; where it was merged, the one it was merged into. */
  get(id: string): StoredRecord | undefined {
    return this.reach('r.id = ?', [id])[0];
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

  /** As `list`, of many records in no order and without what a plan for thousands does not read. */
  listLean(kind: Kind, query: string): Pick<StoredRecord, 'id' | 'ref' | 'path' | 'data'>[] {
    return this.lean(kind, query, 'r.id, r.path, r.data', ({ id, path, data }) => ({
      id,
      ref: refOfPath(path),
      path,
      data: JSON.parse(data) as Record<string, unknown>,
    }));
  }

  /** Ids of the records of a kind that a query selects, in no order. */
  ids(kind: Kind, query: string): string[] {
    return this.lean(kind, query, 'r.id', ({ id }) => id);
  }

  /** What all records of a kind are called, by id. */
  names(kind: Kind): Map<string, { ref: string; name: string }> {
    return new Map(
      this.lean(kind, '', 'r.id, r.path, r.title', ({ id, path, title }) => [
        id,
        { ref: refOfPath(path), name: title },
      ]),
    );
  }

  /** Row by row, so that of a hundred thousand no more stays in memory than is asked for. */
  private lean<T>(kind: Kind, query: string, wanted: string, take: (row: Row) => T): T[] {
    const { sql, params } = query === '' ? { sql: '1', params: [] } : this.condition(query);
    const rows = this.db
      .prepare(
        `select ${wanted} from records r
         where r.data is not null and r.survivor is null and r.kind = ? and ${sql}`,
      )
      .iterate(kind, ...params) as Iterable<Row>;
    const taken: T[] = [];
    for (const row of rows) taken.push(take(row));
    return taken;
  }

  /** The cases that still ask for work, the newest first. Found by an index of their states, however many are done. */
  openCases(): StoredRecord[] {
    const states = openStates.map((state) => `'${state}'`).join(', ');
    return this.few(`records_case where kind = 'case' and json_extract(data, '$.state') in (${states})`);
  }

  /** The promises that are neither kept nor cancelled, the newest first. Found by an index of their own. */
  openPromises(): StoredRecord[] {
    return this.few(
      `records_promise where kind = 'promise' and json_extract(data, '$.kept_at') is null
       and json_extract(data, '$.kept_in') is null and json_extract(data, '$.cancelled_at') is null`,
    );
  }

  /** The contacts somebody wants to keep in touch with. Found by an index of their own. */
  withRhythm(): StoredRecord[] {
    return this.few(
      `records_rhythm where kind = 'contact' and json_extract(data, '$.keep_in_touch') is not null`,
    );
  }

  /** The active agreements that have an end. Found by an index of their own. */
  endingAgreements(): StoredRecord[] {
    return this.few(
      `records_ending where kind = 'agreement' and json_extract(data, '$.state') = 'active'
       and json_extract(data, '$.end') is not null`,
    );
  }

  /** The contacts that say of something until when it holds, such as a consent. Found by an index of their own. */
  withAnEnd(): StoredRecord[] {
    return this.few(`records_until where kind = 'contact' and instr(data, '"until":') > 0`);
  }

  /** A few records of a kind, by an index that holds them alone: left to itself, SQLite walks all of the kind. */
  private few(byIndex: string): StoredRecord[] {
    return this.select(
      `r.rid in (select rid from records indexed by ${byIndex}) order by r.at desc, r.path`,
      [],
    );
  }

  condition(query: string): Condition {
    return queryToSql(query, {
      ...this.context,
      emailKey: canonicalEmail,
      phoneKey: (text) => phoneKey(text, this.context.country),
      isKey: (key) => this.isKey(key),
      alsoNamed: (matches) => this.alsoNamed(matches),
      got: (campaign) => this.context.recipients(resolveRecord(this, campaign, ['campaign']).path),
    });
  }

  /** Records that share a key, such as a canonical e-mail address; of a merged one its survivor. */
  byKey(type: KeyType, value: string, kinds: readonly Kind[]): StoredRecord[] {
    return this.reach(
      `r.rid in (select rid from keys where value = ? and type = ?) and +r.kind in (${kinds.map(() => '?').join(', ')}) order by r.path`,
      [value, type, ...kinds],
    );
  }

  /** Records that name this one, or one that was merged into it, the newest first. */
  naming(id: string, kinds?: readonly Kind[]): StoredRecord[] {
    const only = kinds ? ` and +r.kind in (${kinds.map(() => '?').join(', ')})` : '';
    return this.rows(
      `r.rid in (select rid from refs where target in
       (select ? union all select id from records where survivor = ?))${only} order by r.at desc, r.path`,
      [id, id, ...(kinds ?? [])],
    ).map(toRecord);
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

  /** Readable records that meet a condition; none that was merged into another. */
  select(where: string, params: readonly (string | number)[]): StoredRecord[] {
    return this.rows(`r.survivor is null and ${where}`, params).map(toRecord);
  }

  /** As `select`, with the survivor in the place of a merged record; the merged one itself where that is missing. */
  reach(where: string, params: readonly (string | number)[]): StoredRecord[] {
    if (this.only === 'living') return this.select(where, params);
    if (this.only === 'merged') return this.rows(`r.survivor is not null and ${where}`, params).map(toRecord);
    const found = new Map<string, StoredRecord>();
    for (const row of this.rows(where, params)) {
      const [record] = row.survivor === null ? [] : this.select('r.id = ?', [row.survivor]);
      const reached = record ?? toRecord(row);
      found.set(reached.path, reached);
    }
    return [...found.values()];
  }

  /** Contacts and companies that were merged into others, by path. */
  merged(kinds: readonly Kind[]): MergedRecord[] {
    return this.rows(
      `r.survivor is not null and r.kind in (${kinds.map(() => '?').join(', ')}) order by r.path`,
      kinds,
    ).map((row) => ({ ...toRecord(row), survivor: row.survivor as string }));
  }

  /**
   * Other ids under which a reference may name the records it means: of a record whose reference matches and of all that
   * were merged with it.
   */
  private alsoNamed(matches: (ref: string) => boolean): string[] {
    const merges = this.db
      .prepare(
        `select r.id, r.path, r.survivor, s.path as survivorPath from records r
         left join records s on s.id = r.survivor where r.survivor is not null`,
      )
      .all() as { id: string; path: string; survivor: string; survivorPath: string | null }[];
    const meant = new Set(
      merges
        .filter(({ path, survivorPath }) =>
          [path, survivorPath].some((one) => one !== null && matches(refOfPath(one))),
        )
        .map(({ survivor }) => survivor),
    );
    return [...meant, ...merges.filter(({ survivor }) => meant.has(survivor)).map(({ id }) => id)];
  }

  /**
   * Says something else once anything in the index changed, by this process or another: for what is worked out from
   * many records while a long command runs.
   */
  generation(): string {
    return String(
      this.prepared('select data_version, total_changes() from pragma_data_version').raw().get() as unknown,
    );
  }

  private rows(where: string, params: readonly (string | number)[]): Row[] {
    const sql = `select ${columns} from records r where r.data is not null and ${where}`;
    return (this.prepared(sql) as unknown as { all(...params: unknown[]): Row[] }).all(...params);
  }

  /** A statement is asked again and again where a long command goes through many records. */
  private prepared(sql: string): ReturnType<Sqlite['prepare']> {
    const known = this.statements.get(sql);
    if (known) return known;
    const made = this.db.prepare(sql);
    this.statements.set(sql, made);
    return made;
  }
}

function viewColumns(db: Sqlite, view: string): Set<string> {
  const rows = db.prepare(`select name from pragma_table_info(?)`).all(view) as { name: string }[];
  return new Set(rows.map((row) => row.name));
}

function toRecord({ survivor: _, ...row }: Row): StoredRecord {
  return { ...row, ref: refOfPath(row.path), data: JSON.parse(row.data) as Record<string, unknown> };
}
