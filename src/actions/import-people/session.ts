import { fillRecord, type LeftValue } from '../../domain/lists/fill-record.js';
import { derivedId } from '../../domain/records/derived-id.js';
import type { Kind } from '../../domain/records/kind-names.js';
import type { Index } from '../../workspace/index/index.js';
import type { Change } from '../../workspace/records.js';
import { erasedPeople, erasedRefusal, type WasErased } from '../erased-people.js';
import { newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';
import type { BringInOptions, BringInReport, Person, Refused } from './entry.js';
import { Firms } from './firms.js';
import { ListConsents } from './list-consents.js';
import { OptOuts } from './opt-outs.js';
import { People } from './people.js';
import type { Item, Stock } from './stock.js';

/** What one import knows and counts while it goes through its entries. */
export class Session {
  readonly firms: Firms;
  readonly people: People;
  readonly optOuts: OptOuts;
  readonly consents: ListConsents | undefined;
  readonly report: BringInReport;

  private constructor(
    readonly index: Index,
    readonly options: BringInOptions,
    readonly tools: Tools,
    private readonly erased: WasErased,
  ) {
    this.firms = new Firms().load(index);
    this.people = new People(this.firms, this.country).load(index);
    this.optOuts = new OptOuts(index, options.source);
    this.consents = options.consent && new ListConsents(options.consent, index, tools.workspace);
    this.report = {
      rows: 0,
      created: 0,
      updated: 0,
      unchanged: 0,
      refused: 0,
      companies: 0,
      contacts: 0,
      suppressed: 0,
      ...(this.consents ? { consents: this.consents.report } : {}),
      errors: [],
      left: [],
      ...(tools.dryRun ? { records: [] } : {}),
    };
  }

  static async open(options: BringInOptions, tools: Tools): Promise<Session> {
    const { workspace } = tools;
    return new Session(await workspace.index(), options, tools, await erasedPeople(workspace));
  }

  /** Refuses an entry about somebody who was erased: no list brings him back. */
  refuseErased(line: number, person: Person): boolean {
    const { contact, key } = person;
    const ids = [this.derive('contact', key), ...(person.id === undefined ? [] : [person.id])];
    const data = contact as unknown as Record<string, unknown>;
    if (!ids.some((id) => this.erased(data, id))) return false;
    this.refuse(line, erasedRefusal);
    return true;
  }

  get country(): string | undefined {
    return this.tools.workspace.country;
  }

  /** Goes through the entries; each is told, counted, and refused with its reason where it must be. */
  async each<E extends { line: number; problems?: readonly string[] }>(
    entries: Iterable<E | Refused>,
    take: (entry: E) => Promise<void>,
  ): Promise<void> {
    const { report, options } = this;
    for (const entry of entries) {
      const { line } = entry;
      if (report.rows % 1000 === 0) options.progress?.(report.rows, options.expected);
      report.rows++;
      if ('refused' in entry) {
        this.refuse(line, entry.refused);
        continue;
      }
      for (const message of entry.problems ?? []) report.errors.push({ line, message });
      await take(entry);
    }
  }

  refuse(line: number, message: string): void {
    this.report.refused++;
    this.report.errors.push({ line, message });
  }

  /** Counts what became of an entry. */
  count(
    line: number,
    action: 'created' | 'updated' | 'unchanged',
    ref: string,
    name: string,
    changed: { set?: Record<string, unknown>; before?: Record<string, unknown> } = {},
  ): void {
    this.report[action]++;
    this.report.records?.push({ line, action, ref, name, ...changed });
  }

  /** Fills what a record on file lacks, and counts it. */
  fill(
    line: number,
    stock: Stock,
    item: Item,
    entry: { data: Record<string, unknown>; name: string; note?: string | undefined },
  ): void {
    const { options, report, country } = this;
    const { ref } = item;
    const prefer = options.prefer;
    const filled = fillRecord(item.data, entry.data, {
      country,
      prefer: (value) => prefer?.({ ref, ...this.said(value) }) ?? 'record',
    });
    const { set, left } = filled;
    const note = this.noteOf(stock, item, entry.note, left);
    for (const value of left) report.left.push({ line, ref, ...this.said(value) });
    const keys = Object.keys(set);
    if (keys.length === 0 && note === undefined) {
      this.count(line, 'unchanged', ref, entry.name);
      return;
    }
    const shown = { ...set, ...(note === undefined ? {} : { note: entry.note }) };
    const before = Object.fromEntries(
      keys.flatMap((key) => (item.data[key] === undefined ? [] : [[key, item.data[key]]])),
    );
    stock.update(item, set, note);
    this.count(line, 'updated', ref, entry.name, { set: shown, before });
  }

  /** A firm that may not come on file is told by its name. */
  private said(value: LeftValue): LeftValue {
    const name = value.key === 'company' ? this.firms.newName(value.file) : undefined;
    return name === undefined ? value : { ...value, file: name };
  }

  /** Puts a record on file, by an id that derives from what identifies the entry. */
  async create(
    kind: Kind,
    stock: Stock,
    entry: { data: Record<string, unknown>; title: string; key: string; note?: string | undefined },
  ): Promise<Item> {
    const { expected } = this.options;
    const id = this.derive(kind, entry.key);
    const note = entry.note === undefined ? {} : { note: entry.note };
    return stock.add(
      await newRecord(kind, entry.data, { title: entry.title, id, expected, ...note }, this.tools),
    );
  }

  derive(kind: Kind, key: string): string {
    return derivedId(this.tools.workspace.config.id, kind, key);
  }

  /** What all the entries change. */
  finish(others: Change[] = []): { report: BringInReport; changes: Change[] } {
    const { report, firms, optOuts } = this;
    const rest = [...this.people.changes(), ...optOuts.created, ...others];
    report.companies = firms.keepOnly(new Set(rest.flatMap(firmsIn)));
    report.suppressed = optOuts.created.length;
    return { report, changes: [...firms.changes(), ...rest] };
  }

  /** The new note of a record: where it has one of its own, what the entry says stands under it or is told. */
  private noteOf(stock: Stock, item: Item, said: string | undefined, left: LeftValue[]): string | undefined {
    const added = said?.trim() ?? '';
    if (added === '') return undefined;
    const known = stock.noteOf(item).trim();
    if (known.includes(added)) return undefined;
    const { ref } = item;
    const conflict = { key: 'note', record: known, file: added };
    if (known === '') return `${added}\n`;
    if (this.options.prefer?.({ ref, ...conflict }) === 'file') return `${known}\n\n${added}\n`;
    left.push(conflict);
    return undefined;
  }
}

/** The firms that a change makes a record name. */
function firmsIn(change: Change): unknown[] {
  if (change.op === 'create') return [change.data.company];
  return change.op === 'update' ? [change.set.company] : [];
}
