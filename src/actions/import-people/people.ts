import { type KnownPerson, type PersonKey, personKey } from '../../domain/lists/match-contact.js';
import type { Index } from '../../workspace/index/index.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import type { Created } from '../new-record.js';
import type { Firms } from './firms.js';

interface Entry {
  person: KnownPerson;
  data: Record<string, unknown>;
  ref: string;
  /** The record to create; absent for one on file. */
  created?: Created;
  /** Where a record on file lies. */
  stored?: StoredRecord;
  /** What this import fills in a record on file. */
  set: Record<string, unknown>;
}

/** The people on file and those that the rows so far create, by their keys. */
export class People {
  private readonly byId = new Map<string, Entry>();
  /** Those who were merged into others, by the ids they had. */
  private readonly merged = new Map<string, Entry>();
  private readonly byEmail = new Map<string, Entry[]>();
  private readonly byPhone = new Map<string, Entry[]>();
  private readonly byName = new Map<string, Entry[]>();

  constructor(index: Index, firms: Firms, country: string | undefined) {
    const keyOf = ({ id, data }: StoredRecord): KnownPerson => ({
      ...personKey(data, firms.nameOf(data.company), country),
      id,
    });
    for (const stored of index.list({ kinds: ['contact'] })) {
      this.note({ person: keyOf(stored), data: stored.data, ref: stored.ref, stored, set: {} });
    }
    // A row that fits one that was merged updates the one it was merged into.
    for (const stored of index.merged(['contact'])) {
      const entry = this.byId.get(stored.survivor);
      if (!entry) continue;
      const { emails, phones, name } = keyOf(stored);
      this.merged.set(stored.id, entry);
      this.index(this.byEmail, emails, entry);
      this.index(this.byPhone, phones, entry);
      if (name !== '') this.index(this.byName, [name], entry);
    }
  }

  get(id: string): KnownPerson | undefined {
    return (this.byId.get(id) ?? this.merged.get(id))?.person;
  }

  candidates(key: PersonKey) {
    const people = (map: Map<string, Entry[]>, values: readonly string[]) =>
      values.flatMap((value) => map.get(value)?.map(({ person }) => person) ?? []);
    return {
      byEmail: people(this.byEmail, key.emails),
      byPhone: people(this.byPhone, key.phones),
      byName: people(this.byName, key.name === '' ? [] : [key.name]),
    };
  }

  refOf(id: string): string {
    return this.entry(id).ref;
  }

  dataOf(id: string): Record<string, unknown> {
    return this.entry(id).data;
  }

  add(created: Created, person: KnownPerson): void {
    this.note({ person, data: created.data, ref: created.ref, created, set: {} });
  }

  update(id: string, set: Record<string, unknown>, key: PersonKey): void {
    const entry = this.entry(id);
    Object.assign(entry.data, set);
    Object.assign(entry.set, set);
    // Later rows match by what this one says, also where the record keeps something else: otherwise a second import
    // would find another person for it.
    this.index(this.byEmail, key.emails, entry);
    this.index(this.byPhone, key.phones, entry);
  }

  /** What is to be written: new records, and what is filled in old ones. */
  changes(): Change[] {
    return [...this.byId.values()].flatMap(({ created, stored, set }): Change[] => {
      if (created) return [created];
      if (!stored || Object.keys(set).length === 0) return [];
      return [{ op: 'update', kind: 'contact', id: stored.id, path: stored.path, set }];
    });
  }

  private entry(id: string): Entry {
    const entry = this.byId.get(id);
    if (!entry) throw new Error(`no person ${id}`);
    return entry;
  }

  private note(entry: Entry): void {
    const { person } = entry;
    this.byId.set(person.id, entry);
    this.index(this.byEmail, person.emails, entry);
    this.index(this.byPhone, person.phones, entry);
    if (person.name !== '') this.index(this.byName, [person.name], entry);
  }

  private index(map: Map<string, Entry[]>, values: readonly string[], entry: Entry): void {
    for (const value of values) {
      const entries = map.get(value);
      if (!entries) map.set(value, [entry]);
      else if (!entries.includes(entry)) entries.push(entry);
    }
  }
}
