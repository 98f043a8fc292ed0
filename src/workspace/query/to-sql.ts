import { ItacaError } from '../../domain/error.js';
import { parseQuery, type Query } from '../../domain/query/query.js';
import { idOfRef, isId, slug } from '../../domain/records/ids.js';
import { type Kind, kinds } from '../../domain/records/kind-names.js';

/** What a query's words mean here and now. */
export interface QueryContext {
  /** A condition on a date or time as the moment it stands for, in epoch milliseconds (the start of a day). */
  moment(text: string): number;
  /** The workspace's default country and rules make keys comparable. */
  emailKey(text: string): string | undefined;
  phoneKey(text: string): string | undefined;
  /** The member who asks, for `owner:me` and `by:me`. */
  me(): string | undefined;
  /** Whether any record has this top-level key. */
  isKey(key: string): boolean;
  /** Ids of the records whose reference matches, and of those that were merged with them; none where none was merged. */
  alsoNamed(matches: (ref: string) => boolean): string[];
  /** Ids of the contacts who got a campaign's message or may have got it; throws where there is no such campaign. */
  got(campaign: string): string[];
}

export interface Condition {
  sql: string;
  params: (string | number)[];
}

/** Words people use for keys that hold lists, or for what a key is called in another kind. */
const synonyms: Record<string, string> = {
  email: 'emails',
  phone: 'phones',
  address: 'addresses',
  tag: 'tags',
  topic: 'topics',
  consent: 'consents',
  identifier: 'identifiers',
  opened: 'opened_at',
  made: 'made_at',
  placed: 'placed_at',
  kept: 'kept_at',
};

/** Keys that name contacts and companies, which may have been merged. */
const references = new Set(['company', 'parent', 'contact', 'contacts', 'to']);

/** What stands before a key of a person's cases. */
const ofCases = 'case.';

/** Translates a query into a condition over `records r`, every value a bound parameter. */
export function queryToSql(query: string, context: QueryContext): Condition {
  return new Translator(context).condition(parseQuery(query));
}

class Translator {
  constructor(private readonly context: QueryContext) {}

  condition(query: Query): Condition {
    if ('key' in query && query.key.startsWith(ofCases))
      return customersOf(this.condition({ ...query, key: query.key.slice(ofCases.length) }));
    switch (query.op) {
      case 'and':
      case 'or': {
        if (query.of.length === 0) return { sql: '1', params: [] };
        const parts = query.of.map((part) => this.condition(part));
        return {
          sql: `(${parts.map((part) => part.sql).join(` ${query.op} `)})`,
          params: parts.flatMap((part) => part.params),
        };
      }
      case 'not': {
        const inner = this.condition(query.of);
        return { sql: `not ${inner.sql}`, params: inner.params };
      }
      case 'tag':
        return this.key('tag', query.tag.toLowerCase());
      case 'missing':
        return { sql: 'json_extract(r.data, ?) is null', params: [this.path(query.key)] };
      case 'before':
      case 'after':
        return this.compare(query.op, query.key, query.value);
      case 'above':
      case 'below':
        return this.exceed(query.op, query.key, query.value);
      case 'words':
        return this.words(query.words);
      case 'is':
        return this.is(query.key, query.values);
    }
  }

  private key(type: string, value: string): Condition {
    return { sql: 'r.rid in (select rid from keys where value = ? and type = ?)', params: [value, type] };
  }

  private path(key: string): string {
    const [first = '', ...rest] = key.split('.');
    const name = synonyms[first] ?? first;
    if (!this.context.isKey(name)) {
      throw new ItacaError('usage', `no record has a key "${first}"`, { hint: 'see: itaca help queries' });
    }
    return `$.${[name, ...rest].map((part) => JSON.stringify(part)).join('.')}`;
  }

  private is(key: string, values: string[]): Condition {
    if (key === 'kind') {
      const wanted = values.map((value) => kinds.find((kind) => kind === value || `${kind}s` === value));
      if (wanted.some((kind) => kind === undefined)) {
        throw new ItacaError('usage', `kind:${values.join(',')} is none of ${kinds.join(', ')}`);
      }
      return { sql: `r.kind in (${wanted.map(() => '?').join(', ')})`, params: wanted as Kind[] };
    }
    const parts = values.map((value): Condition => {
      if (key === 'got') return recipients(this.context.got(value));
      if (key === 'id') return reaching({ sql: 'r.id = ?', params: [idOfRef(value) ?? value] });
      if (key === 'email')
        return reaching(this.key('email', this.context.emailKey(value) ?? value.toLowerCase()));
      if (key === 'phone') return reaching(this.key('phone', this.context.phoneKey(value) ?? value));
      if (key === 'identifier') return reaching(this.key('identifier', value.toLowerCase()));
      return references.has(key) ? this.reference(key, value) : this.value(this.path(key), value);
    });
    return {
      sql: `(${parts.map((part) => part.sql).join(' or ')})`,
      params: parts.flatMap((part) => part.params),
    };
  }

  /** A value that names a record, also by the name of one that was merged with it. */
  private reference(key: string, text: string): Condition {
    const path = this.path(key);
    const plain = this.value(path, text);
    const stem = slug(text, '-');
    const id = idOfRef(text);
    const ids = this.context.alsoNamed((ref) =>
      id === undefined ? ref.slice(0, -11) === stem : idOfRef(ref) === id,
    );
    if (ids.length === 0) return plain;
    return {
      sql: `(${plain.sql} or exists (select 1 from json_each(r.data, ?) e
        where substr(e.value, -10) in (select value from json_each(?))))`,
      params: [...plain.params, path, JSON.stringify(ids)],
    };
  }

  /** A scalar, an item of a list, or a field of an item; a reference by its id or by the words before it. */
  private value(path: string, text: string): Condition {
    const value = text === 'me' ? (this.context.me() ?? text) : text;
    const lower = value.toLowerCase();
    const sql = `exists (select 1 from json_each(r.data, ?) e where
      (e.type <> 'object' and (lower(e.value) = ? or e.value = ? or e.value glob ? or e.value glob ?))
      or (e.type = 'object' and exists (select 1 from json_each(e.value) f where lower(f.value) = ? or f.value = ?)))`;
    const stem = slug(value, '-');
    const id = isId(value) ? value : idOfRef(value);
    return {
      sql,
      params: [
        path,
        lower,
        value,
        `${stem}-${'[0-9a-z]'.repeat(10)}`,
        id ? `*-${id}` : '\u0001',
        lower,
        value,
      ],
    };
  }

  private compare(op: 'before' | 'after', key: string, text: string): Condition {
    const path = this.path(key);
    const moment = this.context.moment(text);
    const seconds = moment / 1000;
    const day = text.length === 10 ? text : new Date(moment).toISOString().slice(0, 10);
    const sign = op === 'before' ? '<' : '>=';
    // A date is compared as a day, a time as a moment whatever its offset.
    return {
      sql: `(case when length(json_extract(r.data, ?)) = 10 then json_extract(r.data, ?) ${sign} ?
        else unixepoch(json_extract(r.data, ?)) ${sign} ? end)`,
      params: [path, path, day, path, seconds],
    };
  }

  /** A number, or the amount of money whatever its currency, is more or less than this one. */
  private exceed(op: 'above' | 'below', key: string, text: string): Condition {
    if (!/^-?\d+(?:\.\d+)?$/.test(text))
      throw new ItacaError('usage', `${key}.${op}:${text} is no number`, {
        hint: `write it as ${key}.${op}:1000`,
      });
    const path = this.path(key);
    const said = `coalesce(json_extract(r.data, ?), json_extract(r.data, ?))`;
    return {
      sql: `(${said} glob '[-0-9]*' and cast(${said} as real) ${op === 'above' ? '>' : '<'} ?)`,
      params: [`${path}.amount`, path, `${path}.amount`, path, Number(text)],
    };
  }

  private words(text: string): Condition {
    return {
      sql: 'r.rid in (select rowid from search where search match ?)',
      params: [matchExpression(text)],
    };
  }
}

/** What names a record that was merged names its survivor. */
function reaching({ sql, params }: Condition): Condition {
  const merged = `select m.survivor from records m where m.survivor is not null and ${sql.replace('r.', 'm.')}`;
  return { sql: `(${sql} or r.id in (${merged}))`, params: [...params, ...params] };
}

/** Contacts by the ids they had when they were written to. */
function recipients(ids: readonly string[]): Condition {
  return {
    sql: `r.id in (select coalesce(m.survivor, j.value) from json_each(?) j
      left join records m on m.id = j.value)`,
    params: [JSON.stringify(ids)],
  };
}

/** The people whose cases meet a condition. */
function customersOf({ sql, params }: Condition): Condition {
  return {
    sql: `r.id in (select coalesce(m.survivor, f.target) from refs f join records r on r.rid = f.rid
      left join records m on m.id = f.target
      where f.key = 'contact' and r.kind = 'case' and r.data is not null and ${sql})`,
    params,
  };
}

/** Words as FTS5 takes them: each quoted, the last one also as the beginning of a word. */
export function matchExpression(text: string): string {
  const words = text.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
  if (words.length === 0) return '""';
  return words.map((word, position) => `"${word}"${position === words.length - 1 ? '*' : ''}`).join(' ');
}
