import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { derivedId } from '../../domain/records/derived-id.js';
import type { Suppression } from '../../domain/suppression/suppression.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import { type Created, newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';
import type { OptOut } from './entry.js';

/** Addresses that nobody is to write to: those on file, and those that the entries so far name. */
export class OptOuts {
  private readonly suppressed = new Set<string>();
  readonly created: Created[] = [];

  constructor(
    index: Index,
    private readonly source: string,
  ) {
    for (const { data } of index.list({ kinds: ['suppression'] }) as unknown as StoredRecord<Suppression>[]) {
      if (data.address && (data.scope ?? 'all') === 'all')
        this.suppressed.add(canonicalEmail(data.address) ?? data.address);
    }
  }

  /**
   * Applied at once, and never cleared by a later list.
   * @param emails canonical
   */
  async add(emails: readonly string[], { reason, at }: OptOut, tools: Tools): Promise<void> {
    for (const address of emails) {
      if (this.suppressed.has(address)) continue;
      this.suppressed.add(address);
      const id = derivedId(tools.workspace.config.id, 'suppression', address);
      const data = { address, scope: 'all', reason, at, source: this.source };
      this.created.push(await newRecord('suppression', data, { title: address, id }, tools));
    }
  }
}
