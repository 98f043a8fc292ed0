import type { CaseState } from '../domain/cases/states.js';
import { canonicalEmail } from '../domain/contacts/email-address.js';
import { foldPersonName, foldText } from '../domain/contacts/person-name.js';
import { ItacaError } from '../domain/error.js';
import { caseOfEvents, type Layout, stateOf } from '../domain/eventlog/case-of-events.js';
import { columnsOf, type LogField, logFields } from '../domain/eventlog/columns.js';
import { gatherCases } from '../domain/eventlog/gather.js';
import { beginsAlike, joinHistory } from '../domain/eventlog/join-history.js';
import { keptColumns } from '../domain/eventlog/layout.js';
import type { Left, LogEvent, RawLog, Refusal } from '../domain/eventlog/log.js';
import type { DateOrder } from '../domain/eventlog/stamps.js';
import { derivedId } from '../domain/records/derived-id.js';
import { refOfPath, slug } from '../domain/records/ids.js';
import type { Index } from '../workspace/index/index.js';
import type { Change, StoredRecord } from '../workspace/records.js';
import { openLog } from './import-log/open-log.js';
import { newRecord } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface ImportLogOptions {
  input: AsyncIterable<Uint8Array>;
  /** The file's name: for messages, and as the source of the cases. */
  path: string;
  source?: string;
  /** Columns by the fields they hold, as `parseMap` reads them. */
  map: [LogField, string][];
  /** As `parseStates` reads them. */
  states: ReadonlyMap<string, CaseState>;
  /** IANA name; of stamps that state no offset; the workspace's where absent. */
  timeZone?: string;
  dates?: DateOrder;
  /** The type of the cases; `question` where absent. */
  type?: string;
  progress?: (done: number, total: number) => void;
}

/** In the keys of `--json`. cases = created + updated + unchanged; the file has events + refused. */
export interface ImportLogReport {
  format: 'csv' | 'xes';
  source: string;
  cases: number;
  events: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Events that are not taken, each with its line under `errors`. */
  refused: number;
  columns: Partial<Record<LogField, string>>;
  /** Columns kept beside these, by their keys in the records. */
  attributes: Record<string, string>;
  /** What activities, or the words of the state column, were taken to say of a case's state. */
  states: Record<string, CaseState>;
  left_out: Left[];
  errors: Refusal[];
  /** What happens to each case; in a dry run only, as the records themselves tell afterwards. */
  records?: { case: string; action: 'created' | 'updated' | 'unchanged'; ref: string; events: number }[];
}

export interface ImportLogPlan {
  report: ImportLogReport;
  changes: Change[];
}

/**
 * Works out which cases an event log makes, and writes nothing. Ids derive from the workspace, the source and what the
 * source calls the case, so that two clones that import one log make the same files. A case that came from a file of
 * another name is known again by what it is called and how it began.
 * @throws ItacaError `invalid` for what is no log, and for one of which no event can be read
 */
export async function planImportLog(options: ImportLogOptions, tools: Tools): Promise<ImportLogPlan> {
  const { path } = options;
  const { workspace } = tools;
  const log = await openLog(options.input, { path, mapped: options.map.map(([, column]) => column) });
  const columns = columnsOf(log.names, options.map, path);
  const { cases, refused } = gatherCases(log, {
    columns,
    timeZone: options.timeZone ?? workspace.clock.timeZone,
    country: workspace.country,
    dates: options.dates,
    path,
  });
  if (cases.size === 0) throw nothing(log, refused, path);
  const { attributes, singles, left } = keptColumns(log, columns);
  const source = sourceOf(options.source ?? path);
  const index = await workspace.index();
  const layout: Layout = {
    columns,
    attributes,
    singles,
    states: options.states,
    type: options.type ?? 'question',
    source,
    contact: contactFinder(index),
  };
  const report: ImportLogReport = {
    format: log.format,
    source,
    cases: cases.size,
    events: log.rows.length + log.refused.length - refused.length,
    created: 0,
    updated: 0,
    unchanged: 0,
    refused: refused.length,
    columns: Object.fromEntries(
      logFields.flatMap((field) =>
        columns[field] === undefined ? [] : [[field, log.names[columns[field]]]],
      ),
    ),
    attributes: Object.fromEntries(
      [...singles, ...attributes].map(([column, key]) => [key, log.names[column] ?? '']),
    ),
    states: statesIn(cases, layout),
    left_out: [...log.left, ...left],
    errors: refused.sort((a, b) => a.line - b.line),
    ...(tools.dryRun ? { records: [] } : {}),
  };
  const known = new KnownCases(index);
  const changes: Change[] = [];
  let done = 0;
  for (const [name, events] of cases) {
    if (done++ % 500 === 0) options.progress?.(done, cases.size);
    const id = derivedId(workspace.config.id, 'case', `${source}\0${name}`);
    const stored = known.find(id, name, events);
    const note = (action: 'created' | 'updated' | 'unchanged', ref: string) => {
      report[action]++;
      report.records?.push({ case: name, action, ref, events: events.length });
    };
    if (stored) {
      const set = joinHistory(stored.data, events, layout);
      if (set) changes.push({ op: 'update', kind: 'case', id: stored.id, path: stored.path, set });
      note(set ? 'updated' : 'unchanged', stored.ref);
      continue;
    }
    const data = caseOfEvents(name, events, layout);
    const created = await newRecord(
      'case',
      data,
      { title: String(data.title), id, expected: cases.size },
      tools,
    );
    changes.push(created);
    note('created', created.ref);
  }
  return { report, changes };
}

/** Carries out a plan of `planImportLog`, as one commit. */
export async function applyImportLog({ report, changes }: ImportLogPlan, tools: Tools): Promise<void> {
  const subject = `import log: ${report.created} created, ${report.updated} updated`;
  await write(changes, { subject }, tools);
}

/** The name of a source as a key: of a file without what its name ends in. */
function sourceOf(name: string): string {
  const file = name.replace(/^.*[/\\]/, '').replace(/(?:\.(?:csv|tsv|txt|xes|xml|gz))+$/i, '');
  return slug(file, 'log')
    .replaceAll('-', '_')
    .replace(/^(?=\d)/, 'log_');
}

function nothing(log: RawLog, refused: readonly Refusal[], path: string): ItacaError {
  const [first] = refused;
  if (!first) return new ItacaError('invalid', 'the log has no event', { path });
  return new ItacaError('invalid', `no event of this log can be read; the first: ${first.message}`, {
    path,
    line: first.line,
    hint: `columns are: ${log.names.join(', ')}; name them with --map case=… --map activity=… --map at=…`,
  });
}

/** What the words of this log mean, for a person to look at. */
function statesIn(cases: ReadonlyMap<string, LogEvent[]>, layout: Layout): Record<string, CaseState> {
  const { to } = layout.columns;
  const found = new Map<string, CaseState>();
  for (const events of cases.values())
    for (const event of events) {
      const word = (to === undefined ? undefined : event.cells[to]) || event.activity;
      if (found.has(word)) continue;
      const state = stateOf(event, layout);
      if (state) found.set(word, state);
    }
  return Object.fromEntries(found);
}

type KnownCase = Pick<StoredRecord, 'id' | 'path' | 'ref' | 'data'>;

/** Cases on file, by their ids and by what other systems call them. Only names are held; a case is read when it is asked for. */
class KnownCases {
  private readonly byName = new Map<string, string[]>();
  private readonly row: (id: string) => [string, string] | undefined;

  constructor(index: Index) {
    // The plus keeps SQLite from looking through all cases for the one with this id.
    const statement = index.db
      .prepare(
        "select r.path, r.data from records r where r.id = ? and +r.kind = 'case' and r.data is not null",
      )
      .raw();
    this.row = (id) => statement.get(id) as [string, string] | undefined;
    const rows = index.db
      .prepare(
        `select r.id, i.value from records r left join json_each(r.data, '$.identifiers') i
         where r.kind = 'case' and r.data is not null order by r.path`,
      )
      .raw()
      .all() as [string, string | null][];
    for (const [id, name] of rows) {
      // A case that was handed on goes by its id where it has no other name.
      this.note(id, id);
      if (name !== null) this.note(name, id);
    }
  }

  find(id: string, name: string, events: readonly LogEvent[]): KnownCase | undefined {
    if (this.byName.has(id)) return this.get(id);
    for (const one of this.byName.get(name) ?? []) {
      const known = this.get(one);
      if (known && beginsAlike(known.data, events)) return known;
    }
    return undefined;
  }

  private get(id: string): KnownCase | undefined {
    const [path, data] = this.row(id) ?? [];
    if (path === undefined || data === undefined) return undefined;
    return { id, path, ref: refOfPath(path), data: JSON.parse(data) as Record<string, unknown> };
  }

  private note(name: string, id: string): void {
    const ids = this.byName.get(name);
    if (!ids) this.byName.set(name, [id]);
    else if (!ids.includes(id)) ids.push(id);
  }
}

/** Finds the contact that words mean, where they mean one only: by address, identifier or name. */
function contactFinder(index: Index): (words: string) => string | undefined {
  const found = new Map<string, string | undefined>();
  return (words) => {
    if (!found.has(words)) {
      const email = canonicalEmail(words);
      const hits = [
        ...(email ? index.byKey('email', email, ['contact']) : []),
        ...index.byKey('identifier', words.toLowerCase(), ['contact']),
        ...index.byKey('name', foldPersonName(words) || foldText(words), ['contact']),
      ];
      const refs = new Set(hits.map(({ ref }) => ref));
      found.set(words, refs.size === 1 ? [...refs][0] : undefined);
    }
    return found.get(words);
  };
}
