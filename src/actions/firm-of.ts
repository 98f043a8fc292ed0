import { parentsOf } from '../domain/companies/hierarchy.js';
import { vatFault } from '../domain/companies/vat-number.js';
import { ItacaError } from '../domain/error.js';
import { idOfRef } from '../domain/records/ids.js';
import type { StoredRecord } from '../workspace/records.js';
import { companyByName } from './add-company.js';
import { findRecord } from './find-record.js';
import type { Created } from './new-record.js';
import type { Tools } from './tools.js';

/** A firm by any way of naming one; a new name becomes a new record. */
export async function firmOf(name: string, tools: Tools): Promise<{ ref: string; created?: Created }> {
  try {
    return { ref: (await findRecord(tools.workspace, name, ['company'])).ref };
  } catch (error) {
    if (error instanceof ItacaError && error.code === 'not_found') return companyByName(name, tools);
    throw error;
  }
}

/**
 * The reference of the firm that another one belongs to.
 * @throws ItacaError `conflict` where that one belongs to it already, by whatever way
 */
export async function parentFor(firm: StoredRecord, name: string, { workspace }: Tools): Promise<string> {
  const parent = await findRecord(workspace, name, ['company']);
  const index = await workspace.index();
  const above = parentsOf(parent.id, (id) => idOfRef(String(index.get(id)?.data.parent ?? '')));
  if (parent.id === firm.id || above.includes(firm.id))
    throw new ItacaError('conflict', `${parent.ref} belongs to ${firm.ref}, which cannot belong to it`, {
      path: firm.path,
      hint: `itaca company show ${parent.id}`,
    });
  return parent.ref;
}

/** Warns of a VAT number that can be none: it may still be what the customer wrote. */
export function warnOfVat(vat: unknown, addresses: unknown, { workspace, warn }: Tools): void {
  const fault =
    typeof vat === 'string' ? vatFault(vat, countryOf(addresses) ?? workspace.country) : undefined;
  if (fault !== undefined) warn(fault);
}

/** The country of the first of a record's addresses. */
export function countryOf(addresses: unknown): string | undefined {
  const [first] = Array.isArray(addresses) ? (addresses as ({ country?: unknown } | null)[]) : [];
  return typeof first?.country === 'string' ? first.country : undefined;
}
