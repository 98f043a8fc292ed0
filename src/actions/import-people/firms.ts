import { foldCompanyName } from '../../domain/companies/company-name.js';
import { derivedId } from '../../domain/records/derived-id.js';
import type { Index } from '../../workspace/index/index.js';
import { type Created, newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';

/** The firms on file and those that the entries so far create, by their folded names. */
export class Firms {
  private readonly names = new Map<string, string>();
  private readonly byName = new Map<string, string>();
  readonly created: Created[] = [];

  constructor(index: Index) {
    const note = (named: { id: string; title: string }, { title, ref }: { title: string; ref: string }) => {
      this.names.set(named.id, title);
      const folded = foldCompanyName(named.title);
      if (!this.byName.has(folded)) this.byName.set(folded, ref);
    };
    for (const company of index.list({ kinds: ['company'] })) note(company, company);
    for (const company of index.merged(['company'])) note(company, index.get(company.survivor) ?? company);
  }

  /** What the firm is called that a contact's `company` names; empty for none. */
  nameOf(ref: unknown): string {
    return typeof ref === 'string' ? (this.names.get(ref.slice(-10)) ?? '') : '';
  }

  /** The reference of the firm of this name, which is put on file where it is not. */
  async of(name: string | undefined, expected: number, tools: Tools): Promise<string | undefined> {
    const folded = name === undefined ? '' : foldCompanyName(name);
    if (folded === '') return undefined;
    const known = this.byName.get(folded);
    if (known) return known;
    const created = await newRecord(
      'company',
      { name },
      { title: name as string, id: derivedId(tools.workspace.config.id, 'company', folded), expected },
      tools,
    );
    this.byName.set(folded, created.ref);
    this.created.push(created);
    return created.ref;
  }
}
