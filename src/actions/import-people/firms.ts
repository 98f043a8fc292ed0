import { foldCompanyName } from '../../domain/companies/company-name.js';
import { foldText } from '../../domain/contacts/person-name.js';
import { differingIds } from '../../domain/lists/match-contact.js';
import { derivedId } from '../../domain/records/derived-id.js';
import type { StoredRecord } from '../../workspace/records.js';
import { newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';
import { type Item, Stock } from './stock.js';

/** The firms on file and those that the entries so far create: also by name, VAT number and domain. */
export class Firms extends Stock {
  private readonly names = new Map<string, string>();
  private readonly byName = new Map<string, Item>();
  private readonly byKey = new Map<string, Item>();
  /** By name as written: a list names one firm again and again. */
  private readonly asWritten = new Map<string, string>();
  /** Put on file because somebody works there. */
  private readonly made = new Map<string, Item>();
  /** Of these, those of which an entry tells by itself. */
  private readonly told = new Set<string>();

  constructor() {
    super('company');
  }

  /** What the firm is called that a contact's `company` names; empty for none. */
  nameOf(ref: unknown): string {
    return typeof ref === 'string' ? (this.names.get(ref.slice(-10)) ?? '') : '';
  }

  /** Whether the firm that a contact's `company` names, or the one it was merged into, is called that. */
  isCalled(ref: unknown, name: string | undefined): boolean {
    if (typeof ref !== 'string' || name === undefined) return false;
    const item = this.get(ref.slice(-10));
    return ref === name || (item !== undefined && foldText(String(item.data.name)) === foldText(name));
  }

  /** The firm of an entry: by what another system calls it, its VAT number, its name, or its domain. */
  find(data: Record<string, unknown>, ids: readonly string[] | undefined): Item | undefined {
    const name = foldCompanyName(String(data.name ?? ''));
    const [vat, ...domains] = keysOf(data);
    const alike = [
      this.byKey.get(vat ?? ''),
      this.byName.get(name),
      ...domains.map((one) => this.byKey.get(one)),
    ];
    // Two branches of one name that a system keeps apart are two.
    const same = (item: Item | undefined) => item && !differingIds(item.data.identifiers, ids);
    const found = this.identified(ids) ?? alike.find(same);
    if (found) this.told.add(found.ref);
    return found;
  }

  /**
   * The reference of a firm that an entry names, by its identifier or its name; it is put on file where it is not.
   * @param id `system:value`
   */
  async of(
    name: string | undefined,
    id: string | undefined,
    expected: number,
    tools: Tools,
  ): Promise<string | undefined> {
    const ids = id === undefined ? [] : [id];
    const identified = this.identified(ids);
    if (identified) return identified.ref;
    if (name === undefined) return undefined;
    const again = id === undefined ? this.asWritten.get(name) : undefined;
    if (again !== undefined) return again;
    const folded = foldCompanyName(name);
    if (folded === '') return undefined;
    const named = this.byName.get(folded);
    const other = named && differingIds(named.data.identifiers, ids);
    const data = { name, ...(id === undefined ? {} : { identifiers: identifierOf(id) }) };
    const item =
      named && !other ? named : await this.make(data, other ? `id:${id}` : folded, expected, tools);
    if (id !== undefined && item === named)
      this.update(named, { identifiers: { ...(named.data.identifiers as object), ...identifierOf(id) } });
    if (id === undefined) this.asWritten.set(name, item.ref);
    return item.ref;
  }

  /**
   * Takes those back that were put on file for an entry whose record stays with another firm.
   * @param used the firms that records name
   * @returns how many stay
   */
  keepOnly(used: ReadonlySet<unknown>): number {
    for (const [ref, { id }] of this.made) {
      if (used.has(ref) || this.told.has(ref)) continue;
      this.byId.delete(id);
      this.made.delete(ref);
    }
    return this.made.size;
  }

  /** The name of a firm that this import puts on file; undefined for others. */
  newName(ref: unknown): string | undefined {
    const item = this.made.get(ref as string);
    return item && String(item.data.name);
  }

  private async make(data: { name: string }, key: string, expected: number, tools: Tools): Promise<Item> {
    const id = derivedId(tools.workspace.config.id, 'company', key);
    const item = this.add(await newRecord('company', data, { title: data.name, id, expected }, tools));
    this.made.set(item.ref, item);
    return item;
  }

  protected override note(item: Item): void {
    super.note(item);
    this.names.set(item.id, String(item.data.name ?? ''));
    this.noteNames(item.data, item);
  }

  protected override noteMerged(stored: StoredRecord, item: Item): void {
    this.names.set(stored.id, stored.title);
    this.noteNames(stored.data, item);
  }

  private noteNames(data: Record<string, unknown>, item: Item): void {
    for (const name of [data.name, data.legal_name]) {
      const folded = typeof name === 'string' ? foldCompanyName(name) : '';
      if (folded !== '' && !this.byName.has(folded)) this.byName.set(folded, item);
    }
    for (const key of keysOf(data)) if (key !== '' && !this.byKey.has(key)) this.byKey.set(key, item);
  }
}

/** The VAT number, empty where there is none, and the domains. */
function keysOf({ vat, domains }: Record<string, unknown>): string[] {
  const number = typeof vat === 'string' ? `vat ${vat.replace(/[^0-9a-z]/gi, '').toLowerCase()}` : '';
  return [number, ...(Array.isArray(domains) ? domains : []).map((domain) => `domain ${String(domain)}`)];
}

function identifierOf(id: string): Record<string, string> {
  const at = id.indexOf(':');
  return { [id.slice(0, at)]: id.slice(at + 1) };
}
