import type { Kind } from '../../domain/records/kind-names.js';
import type { Index } from '../../workspace/index/index.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import type { Created } from '../new-record.js';

/** A record on file, or one that an earlier entry creates. */
export interface Item {
  id: string;
  ref: string;
  data: Record<string, unknown>;
  /** The record to create; absent for one on file. */
  created?: Created;
  /** Where a record on file lies. */
  path?: string;
  /** What this import fills in a record on file. */
  set: Record<string, unknown>;
  /** Its new note. */
  newNote?: string;
}

/** The records of a kind on file and those that the entries so far create, by their ids and what other systems call them. */
export class Stock {
  protected readonly byId = new Map<string, Item>();
  private readonly byIdentifier = new Map<string, Item>();
  /** Those who were merged into others, by the ids they had. */
  private readonly merged = new Map<string, Item>();
  private index: Index | undefined;

  constructor(private readonly kind: Kind) {}

  /** Takes in what is on file. */
  load(index: Index): this {
    const { kind } = this;
    this.index = index;
    // In one order in every clone, so that what fits two records finds the same one everywhere.
    const stored = index.listLean(kind, '').sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const { id, ref, data, path } of stored) this.note({ id, ref, data, path, set: {} });
    if (kind !== 'contact' && kind !== 'company') return this;
    // What fits one that was merged updates the one it was merged into.
    for (const stored of index.merged([kind])) {
      const item = this.byId.get(stored.survivor);
      if (!item) continue;
      this.merged.set(stored.id, item);
      this.noteIdentifiers(stored.data, item);
      this.noteMerged(stored, item);
    }
    return this;
  }

  get(id: string): Item | undefined {
    return this.byId.get(id) ?? this.merged.get(id);
  }

  /** @param ids `system:value` */
  identified(ids: readonly string[] | undefined): Item | undefined {
    for (const id of ids ?? []) {
      const item = this.byIdentifier.get(id);
      if (item) return item;
    }
    return undefined;
  }

  add(created: Created): Item {
    const { id, ref, data } = created;
    const item: Item = { id, ref, data, created, set: {} };
    this.note(item);
    return item;
  }

  update(item: Item, set: Record<string, unknown>, note?: string): void {
    Object.assign(item.data, set);
    Object.assign(item.set, set);
    if (set.identifiers) this.noteIdentifiers(set, item);
    if (note === undefined) return;
    if (item.created) item.created.note = note;
    else item.newNote = note;
  }

  /** What stands under the front matter; asked for one by one, as few lists say anything there. */
  noteOf({ id, created, newNote }: Item): string {
    return created?.note ?? newNote ?? this.index?.get(id)?.note ?? '';
  }

  /** What is to be written: new records, and what is filled in old ones. */
  changes(): Change[] {
    return [...this.byId.values()].flatMap(({ id, created, path, set, newNote }): Change[] => {
      if (created) return [created];
      if (path === undefined || (Object.keys(set).length === 0 && newNote === undefined)) return [];
      const note = newNote === undefined ? {} : { note: newNote };
      return [{ op: 'update', kind: this.kind, id, path, set, ...note }];
    });
  }

  protected note(item: Item): void {
    this.byId.set(item.id, item);
    this.noteIdentifiers(item.data, item);
  }

  /** By what else a record is found that was merged into another. */
  protected noteMerged(_stored: StoredRecord, _item: Item): void {}

  private noteIdentifiers({ identifiers }: Record<string, unknown>, item: Item): void {
    if (typeof identifiers !== 'object' || identifiers === null) return;
    for (const [system, value] of Object.entries(identifiers)) {
      const key = `${system}:${value}`;
      if (!this.byIdentifier.has(key)) this.byIdentifier.set(key, item);
    }
  }
}
