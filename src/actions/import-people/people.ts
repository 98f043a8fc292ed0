import { namesAgree } from '../../domain/contacts/person-name.js';
import {
  differingIds,
  type KnownPerson,
  matchPerson,
  type PersonKey,
  personKey,
} from '../../domain/lists/match-contact.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Firms } from './firms.js';
import { type Item, Stock } from './stock.js';

/** The people on file and those that the entries so far create, by what tells whether two are one. */
export class People extends Stock {
  private readonly persons = new Map<Item, KnownPerson>();
  private readonly byEmail = new Map<string, Item[]>();
  private readonly byPhone = new Map<string, Item[]>();
  private readonly byName = new Map<string, Item[]>();

  constructor(
    private readonly firms: Firms,
    private readonly country: string | undefined,
  ) {
    super('contact');
  }

  /**
   * Who an entry is: by what another system calls him, by the id that the entry makes, by address, number and name. Two
   * whom one system calls differently are one only where their names agree.
   * @param ids `system:value`, of systems to be trusted
   */
  find(id: string, key: PersonKey, ids: readonly string[] | undefined): Item | undefined {
    const sure = this.identified(ids) ?? this.get(id);
    if (sure) return sure;
    const among = (map: Map<string, Item[]>, values: readonly string[]) =>
      values.flatMap((value) => map.get(value) ?? []).flatMap((item) => this.personOf(item, key, ids));
    const known = matchPerson(key, {
      byEmail: among(this.byEmail, key.emails),
      byPhone: among(this.byPhone, key.phones),
      byName: among(this.byName, key.name === '' ? [] : [key.name]),
    });
    return known && this.get(known.id);
  }

  /** Later entries match by what this one says, also where the record keeps something else: otherwise a second import
   * would find another person for it. */
  alsoKnownBy(item: Item, { emails, phones }: PersonKey): void {
    put(this.byEmail, emails, item);
    put(this.byPhone, phones, item);
  }

  protected override note(item: Item): void {
    super.note(item);
    const key = this.keyOf(item.data);
    this.persons.set(item, { ...key, id: item.id });
    this.alsoKnownBy(item, key);
    if (key.name !== '') put(this.byName, [key.name], item);
  }

  protected override noteMerged({ data }: StoredRecord, item: Item): void {
    const key = this.keyOf(data);
    this.alsoKnownBy(item, key);
    if (key.name !== '') put(this.byName, [key.name], item);
  }

  private keyOf(data: Record<string, unknown>): PersonKey {
    return personKey(data, this.firms.nameOf(data.company), this.country);
  }

  private personOf(item: Item, key: PersonKey, ids: readonly string[] | undefined): KnownPerson[] {
    const person = this.persons.get(item)!;
    const another = differingIds(item.data.identifiers, ids) && namesAgree(person.name, key.name) !== 'yes';
    return another ? [] : [person];
  }
}

function put(map: Map<string, Item[]>, values: readonly string[], item: Item): void {
  for (const value of values) {
    const items = map.get(value);
    if (!items) map.set(value, [item]);
    else if (!items.includes(item)) items.push(item);
  }
}
