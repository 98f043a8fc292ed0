import { foldPersonName, namesAgree } from '../../domain/contacts/person-name.js';
import {
  areTwo,
  differingIds,
  type KnownPerson,
  matchPerson,
  type PersonKey,
  personKey,
} from '../../domain/lists/match-contact.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Firms } from './firms.js';
import { type Item, Stock } from './stock.js';

/** What more people than this have in common tells none of them from the others, and looking at all takes too long. */
const mostAlike = 200;

/** The maps by which people are found who are not known by an id. */
interface Keys {
  persons: Map<Item, KnownPerson>;
  byEmail: Map<string, Item[]>;
  byPhone: Map<string, Item[]>;
  byName: Map<string, Item[]>;
}

/** The people on file and those that the entries so far create, by what tells whether two are one. */
export class People extends Stock {
  /** Made when the first entry is not known by an id: a list that comes again needs none of it. */
  private keys: Keys | undefined;
  /** What else people are known by, until then. */
  private readonly also: [item: Item, data: Record<string, unknown>, withName: boolean][] = [];

  constructor(
    private readonly firms: Firms,
    private readonly country: string | undefined,
  ) {
    super('contact');
  }

  /**
   * Who an entry is: by what another system calls him, by the id that the entry makes, by address, number and name. Two
   * whom one system calls differently are one only where their names agree.
   * @param own the id of the record, where the source names it or something of this entry alone derives it
   * @param byAddress the id that the address of the entry derives: two may share one
   * @param data front matter of the entry
   * @param ids `system:value`, of systems to be trusted
   */
  find(
    { own, byAddress }: { own: string; byAddress?: string },
    data: Record<string, unknown>,
    ids: readonly string[] | undefined,
  ): Item | undefined {
    const sure = this.identified(ids) ?? this.get(own) ?? this.unlessTwo(byAddress, data);
    if (sure) return sure;
    this.keys ??= this.allKeys();
    const { byEmail, byPhone, byName } = this.keys;
    const key = this.keyOf(data);
    const among = (map: Map<string, Item[]>, values: readonly string[]) =>
      values.flatMap((value) => map.get(value) ?? []).flatMap((item) => this.personOf(item, key, ids));
    const known = matchPerson(key, {
      byEmail: among(byEmail, key.emails),
      byPhone: among(byPhone, key.phones),
      byName: among(
        byName,
        nameKeys(key).filter((name) => (byName.get(name)?.length ?? 0) < mostAlike),
      ),
    });
    return known && this.get(known.id);
  }

  /** Whoever has an id that an address derives, unless the entry is of somebody else there; who was merged is sure. */
  private unlessTwo(id: string | undefined, data: Record<string, unknown>): Item | undefined {
    const item = id === undefined ? undefined : this.get(id);
    const same = item?.data.name === data.name || item?.id !== id;
    return item && (same || !areTwo(this.keyOf(item.data), this.keyOf(data))) ? item : undefined;
  }

  /**
   * Later entries match by what this one says, also where the record keeps something else: otherwise a second import
   * would find another person for it.
   */
  alsoKnownBy(item: Item, data: Record<string, unknown>): void {
    if (!this.keys) {
      this.also.push([item, data, false]);
      return;
    }
    noteContacts(this.keys, item, this.keyOf(data));
    const person = this.keys.persons.get(item);
    // Where an address stood for a name, the entry may have brought one.
    if (person) person.name = foldPersonName(String(item.data.name ?? ''));
  }

  /** The canonical addresses of an entry. */
  emailsOf(data: Record<string, unknown>): readonly string[] {
    return personKey({ emails: data.emails }, '', this.country).emails;
  }

  protected override note(item: Item): void {
    super.note(item);
    if (this.keys) this.noteKeys(this.keys, item);
  }

  protected override noteMerged({ data }: StoredRecord, item: Item): void {
    this.also.push([item, data, true]);
  }

  private allKeys(): Keys {
    const keys: Keys = { persons: new Map(), byEmail: new Map(), byPhone: new Map(), byName: new Map() };
    for (const item of this.byId.values()) this.noteKeys(keys, item);
    for (const [item, data, withName] of this.also) {
      const key = this.keyOf(data);
      noteContacts(keys, item, key);
      if (withName) for (const name of nameKeys(key)) put(keys.byName, name, item);
    }
    return keys;
  }

  private noteKeys(keys: Keys, item: Item): void {
    const key = this.keyOf(item.data);
    keys.persons.set(item, { ...key, id: item.id });
    noteContacts(keys, item, key);
    for (const name of nameKeys(key)) put(keys.byName, name, item);
  }

  private keyOf(data: Record<string, unknown>): PersonKey {
    return personKey(data, this.firms.nameOf(data.company), this.country);
  }

  private personOf(item: Item, key: PersonKey, ids: readonly string[] | undefined): KnownPerson[] {
    const person = this.keys?.persons.get(item);
    const another =
      differingIds(item.data.identifiers, ids) && namesAgree(person?.name ?? '', key.name) !== 'yes';
    return another || !person ? [] : [person];
  }
}

/** By name people are found together with their firm alone. */
function nameKeys({ name, company }: PersonKey): string[] {
  return name === '' || company === '' ? [] : [`${name}\n${company}`];
}

function noteContacts({ byEmail, byPhone }: Keys, item: Item, { emails, phones }: PersonKey): void {
  for (const email of emails) put(byEmail, email, item);
  for (const phone of phones) put(byPhone, phone, item);
}

function put(map: Map<string, Item[]>, value: string, item: Item): void {
  const items = map.get(value);
  if (!items) map.set(value, [item]);
  else if (items.length < mostAlike && !items.includes(item)) items.push(item);
}
