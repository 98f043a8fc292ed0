import { canonicalEmail } from '../../domain/contacts/email-address.js';
import type { OptOut } from '../../domain/lists/opt-out.js';
import { derivedId } from '../../domain/records/derived-id.js';
import type { Suppression } from '../../domain/suppression/suppression.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import { type Created, newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';

/** Addresses that nobody is to write to: those on file, by the record that says so, and those that the entries name. */
export class OptOuts {
  private readonly suppressed = new Map<string, string>();
  readonly created: Created[] = [];

  constructor(
    index: Index,
    private readonly source: string,
  ) {
    const stored = index.list({ kinds: ['suppression'] }) as unknown as StoredRecord<Suppression>[];
    for (const { data, ref } of stored) {
      if (data.address && (data.scope ?? 'all') === 'all')
        this.suppressed.set(canonicalEmail(data.address) ?? data.address, ref);
    }
  }

  /** The record that suppresses an address. */
  of(email: string): string | undefined {
    return this.suppressed.get(email);
  }

  /**
   * Applied at once, and never cleared by a later list.
   * @param emails canonical
   * @param expected how many of them this import may bring
   */
  async add(
    emails: readonly string[],
    { reason, at, note }: OptOut & { note?: string },
    tools: Tools,
    expected = 1,
  ): Promise<void> {
    for (const address of emails) {
      if (this.suppressed.has(address)) continue;
      const id = derivedId(tools.workspace.config.id, 'suppression', address);
      const data = { address, scope: 'all', reason, at, source: this.source };
      const options = { title: address, id, expected, ...(note === undefined ? {} : { note }) };
      const created = await newRecord('suppression', data, options, tools);
      this.suppressed.set(address, created.ref);
      this.created.push(created);
    }
  }
}
